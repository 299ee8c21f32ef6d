/**
 * A real S3 server for tests and benches, which nobody here wrote: Ceph's gateway over one monitor and one storage daemon
 * that keeps everything in memory. Ready within a few seconds, on free ports of 127.0.0.1; all it writes is in one temporary
 * folder, which goes when it stops. Needs the packages of `install.ts`.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { findFreePorts } from './free-ports.ts';
import { findProgram } from './install.ts';

export interface TestS3 {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface RunningS3 extends TestS3 {
  /** Ends its processes and removes its folder. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 50;

const run = promisify(execFile);

interface Ports {
  readonly monitorV2: number;
  readonly monitorV1: number;
  readonly gateway: number;
}

const configuration = (folder: string, clusterId: string, ports: Ports): string => `[global]
fsid=${clusterId}
mon_host=[v2:127.0.0.1:${ports.monitorV2},v1:127.0.0.1:${ports.monitorV1}]
public_addr=127.0.0.1
cluster_addr=127.0.0.1
auth_cluster_required=cephx
auth_service_required=cephx
auth_client_required=cephx
osd_pool_default_size=1
osd_pool_default_min_size=1
osd_pool_default_pg_num=1
osd_pool_default_pgp_num=1
osd_pool_default_pg_autoscale_mode=off
osd_crush_chooseleaf_type=0
osd_objectstore=memstore
memstore_device_bytes=4294967296
mon_allow_pool_size_one=true
mon_max_pg_per_osd=1000
# Otherwise every new pool waits a second for company, and the gateway makes a dozen.
paxos_propose_interval=0.02
paxos_min_wait=0.01
mon_data_avail_crit=1
mon_data_avail_warn=1
mon_data=${folder}/mon
osd_data=${folder}/osd
run_dir=${folder}
log_file=${folder}/log/$name.log
admin_socket=${folder}/$name.asok
pid_file=${folder}/$name.pid
keyring=${folder}/keyring
rgw_data=${folder}
# Without it, all that has a body waits 40 ms: its last piece for the acknowledgement of the one before.
rgw_frontends=beast endpoint=127.0.0.1:${ports.gateway} tcp_nodelay=1
rgw_enable_usage_log=false
debug_rgw=0
`;

/** The daemons of one server, ended with the process that started them, however that ends. */
const createDaemons = (folder: string, environment: NodeJS.ProcessEnv) => {
  const running: { readonly name: string; readonly child: ChildProcess }[] = [];
  const killAll = (): void => {
    for (const { child } of running) child.kill('SIGKILL');
  };
  process.once('exit', killAll);

  return {
    start: async (name: string, args: readonly string[]): Promise<void> => {
      // Where there is setpriv (all of Debian), the kernel ends the daemon even when we are killed.
      const setpriv = await findProgram('setpriv');
      const command = setpriv === null ? [name, ...args] : [setpriv, '--pdeathsig', 'KILL', name, ...args];
      const output = await open(join(folder, 'log', `${name}.out`), 'a');
      const [program = name, ...rest] = command;
      const child = spawn(program, rest, { env: environment, stdio: ['ignore', output.fd, output.fd] });
      running.push({ name, child });
      await once(child, 'spawn');
      await output.close();
    },
    /** Throws when one has ended by itself, with the end of what it said. */
    assertAlive: async (): Promise<void> => {
      const dead = running.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
      if (dead === undefined) return;
      const said = await readFile(join(folder, 'log', `${dead.name}.out`), 'utf8');
      throw new Error(`${dead.name} ended by itself: ${said.slice(-2000)}`);
    },
    stop: async (): Promise<void> => {
      process.off('exit', killAll);
      await Promise.all(
        running.toReversed().map(async ({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = once(child, 'exit');
          child.kill('SIGTERM');
          const patience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
          await ended;
          clearTimeout(patience);
        }),
      );
    },
  };
};

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    return (await fetch(endpoint, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    // Refused or too slow: not ready yet, which is what is asked here.
    return false;
  }
};

const startOnce = async (): Promise<RunningS3> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-s3-'));
  const [monitorV2 = 0, monitorV1 = 0, gateway = 0] = await findFreePorts(3);
  const clusterId = randomUUID();
  const diskId = randomUUID();
  const keyring = join(folder, 'keyring');
  const environment = { ...process.env, CEPH_CONF: join(folder, 'ceph.conf') };
  const daemons = createDaemons(folder, environment);
  const stop = async (): Promise<void> => {
    await daemons.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const call = async (program: string, ...args: string[]): Promise<string> =>
    (await run(program, args, { env: environment, timeout: START_TIMEOUT_MS })).stdout;

  try {
    await Promise.all(['mon', 'osd', 'log'].map((name) => mkdir(join(folder, name))));
    await writeFile(
      join(folder, 'ceph.conf'),
      configuration(folder, clusterId, { monitorV2, monitorV1, gateway }),
    );
    await call(
      'ceph-authtool',
      '--create-keyring',
      keyring,
      '--gen-key',
      '-n',
      'mon.',
      '--cap',
      'mon',
      'allow *',
    );
    const everything = ['mon', 'osd', 'mgr'].flatMap((daemon) => ['--cap', daemon, 'allow *']);
    await call('ceph-authtool', keyring, '--gen-key', '-n', 'client.admin', ...everything);
    const map = join(folder, 'monmap');
    const addresses = `[v2:127.0.0.1:${monitorV2},v1:127.0.0.1:${monitorV1}]`;
    await call('monmaptool', '--create', '--clobber', '--fsid', clusterId, '--addv', 'a', addresses, map);
    await call('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring);
    await daemons.start('ceph-mon', ['-i', 'a', '-f']);

    const rights = ['mon', 'allow profile osd', 'osd', 'allow *', 'mgr', 'allow profile osd'];
    const diskKey = await call(
      'ceph',
      '--connect-timeout',
      '30',
      'auth',
      'get-or-create',
      'osd.0',
      ...rights,
    );
    await writeFile(keyring, diskKey, { flag: 'a' });
    await call('ceph', '--connect-timeout', '30', 'osd', 'create', diskId, '0');
    await call('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', diskId, '--keyring', keyring);
    await daemons.start('ceph-osd', ['-i', '0', '-f']);

    const accessKeyId = randomBytes(10).toString('hex');
    const secretAccessKey = randomBytes(20).toString('hex');
    const keys = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`];
    const user = ['user', 'create', '--uid=tests', '--display-name=tests', ...keys];
    await call('radosgw-admin', '-n', 'client.admin', ...user);
    await daemons.start('radosgw', ['-n', 'client.admin', '-f']);
    const endpoint = `http://127.0.0.1:${gateway}`;
    const deadlineMs = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(endpoint))) {
      await daemons.assertAlive();
      if (Date.now() > deadlineMs) throw new Error(`radosgw does not answer at ${endpoint}`);
      await wait(POLL_MS);
    }

    const server = { endpoint, region: 'us-east-1', bucket: 'riffle-tests', accessKeyId, secretAccessKey };
    const client = new S3Client({ ...server, credentials: server, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: server.bucket }));
    client.destroy();
    return { ...server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Tries twice: between finding a free port and taking it, another program may have been quicker. */
export const startRadosgw = async (): Promise<RunningS3> => {
  try {
    return await startOnce();
  } catch (error) {
    console.warn('The S3 server for tests did not start; trying once more.', error);
    return startOnce();
  }
};
