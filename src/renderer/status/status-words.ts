import { Cloud, CloudAlert, CloudOff, type LucideIcon } from 'lucide-react';
import type { HostStatus } from '../../contract/host-api.ts';

/** How the service stands, as the listener sees it. */
export type StatusKind = 'unknown' | 'online' | 'offline' | 'unreachable';

export function statusKind(service: HostStatus['service']): StatusKind {
  switch (service.state) {
    case 'unknown':
      return 'unknown';
    case 'reachable':
      return 'online';
    case 'unreachable':
      return service.cause === 'offline' ? 'offline' : 'unreachable';
  }
}

export const STATUS_ICONS: Readonly<Record<StatusKind, LucideIcon>> = {
  unknown: Cloud,
  online: Cloud,
  offline: CloudOff,
  unreachable: CloudAlert,
};
