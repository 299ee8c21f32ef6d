# The catalog service: bundled, without the tree of a package manager, as a user without rights. It serves; publishing wants ffmpeg,
# and is done elsewhere.
#   docker build -f infra/service.Dockerfile -t riffle-service .
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig*.json ./
COPY infra/service.vite.config.ts infra/
COPY src src
RUN node_modules/.bin/vite build --config infra/service.vite.config.ts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/dist/service service
# Its binaries for every system lie in the package; nothing is compiled.
COPY --from=build /src/node_modules/better-sqlite3/package.json node_modules/better-sqlite3/package.json
COPY --from=build /src/node_modules/better-sqlite3/lib node_modules/better-sqlite3/lib
COPY --from=build /src/node_modules/better-sqlite3/prebuilds node_modules/better-sqlite3/prebuilds
# For listeners' own pictures: its binaries come as packages of their own.
COPY --from=build /src/node_modules/sharp node_modules/sharp
COPY --from=build /src/node_modules/@img node_modules/@img
COPY --from=build /src/node_modules/detect-libc node_modules/detect-libc
COPY --from=build /src/node_modules/semver node_modules/semver
RUN mkdir -p /var/lib/riffle && chown node:node /var/lib/riffle
# The search index: can always be made again from the store.
VOLUME ["/var/lib/riffle"]
USER node
EXPOSE 4620
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "service/riffle-catalog.js"]
CMD ["--help"]
