/** Says in the OpenAPI document who may ask what. */
import type { SwaggerTransform } from '@fastify/swagger';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { RouteAccess, RouteNeed } from './route-access.ts';

const SCHEME = 'accessToken';

export const SECURITY_SCHEMES: Record<string, OpenAPIV3_1.SecuritySchemeObject> = {
  [SCHEME]: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of the issuer that `GET /v1/service` names in `signIn` (RFC 6750). Without `signIn` none is needed.',
  },
};

/** What a listener must be or have beside being one, as the roles of OpenAPI 3.1 (security requirement object). */
const rolesOf = (access: RouteAccess, needs: RouteNeed | undefined): string[] => [
  ...(access === 'operator' ? ['operator'] : []),
  ...(needs === undefined ? [] : [needs]),
];

/** The same document with the requirement of each route. */
export const describingAccess =
  (transform: SwaggerTransform): SwaggerTransform =>
  (transformed) => {
    const { schema, url } = transform(transformed);
    const { access = 'listener', needs } = transformed.route.config ?? {};
    const security = access === 'anyone' ? [] : [{ [SCHEME]: rolesOf(access, needs) }];
    return { schema: { ...schema, security }, url };
  };
