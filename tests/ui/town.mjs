// A town where nobody writes but those that a story sends: the simulators without their living people, and a workspace
// of Olga's own, whose channels and CRM are connected to them.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { start } from './world.mjs';

const olga = { name: 'Ольга Шмидт', email: 'olga@lavka.example', phone: '', language: 'ru', time_zone: 'Europe/Moscow', alert_email: '' };

export async function startTown(options) {
  const sandbox = await theSandbox();
  const { said } = sandbox;
  // No session bus, so no keyring, whatever this machine has: the passphrase opens.
  const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', BESEDKA_PASSPHRASE: 'семь синих китов' };
  const world = await start({ args: [], env, ...options });
  const call = caller(world.address);
  await call('profile.save', olga);
  await call('onboarding.save', { step: 'done' });
  await logIn(call, 'login.start', { channel: 'telegram_bot', endpoints: { api: said.telegram_bot } }, { token: said.telegram_bot_token });
  await logIn(call, 'links.login', { crm: 'amocrm', endpoints: { api: said.amocrm, amojo: said.amocrm, oauth: said.amocrm } }, {
    address: said.amocrm_subdomain,
    token: said.amocrm_token,
    channel_id: said.amojo_channel_id,
    channel_secret: said.amojo_secret,
  });
  await world.page.reload();
  const stop = async () => {
    await world.stop();
    sandbox.stop();
  };
  return { ...world, call, stop, control: said.control, comes: (name) => comes(said.control, name) };
}

/** Somebody new on the network, who can write. */
async function comes(control, name) {
  const people = `${control}/vendors/telegram_bot/people`;
  const { id } = await post(people, { first_name: name });
  return {
    writes: (text) => post(`${people}/${id}/write`, { text }),
    phone: async () => JSON.stringify(await (await fetch(`${people}/${id}/phone`)).json()),
  };
}

/** What openpyxl reads in the first sheet of a spreadsheet. */
export function cellsOf(file) {
  const script = fileURLToPath(new URL('../scenarios/exports/read_xlsx.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.env.BESEDKA_PYTHON ?? 'python3', [script, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout)[0].rows;
}

async function theSandbox() {
  const program = join(dirname(process.env.BESEDKA_WEB), 'sandbox');
  const process_ = spawn(program, ['--port-base', '0', '--no-limits'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve, reject) => {
    process_.once('error', reject);
    createInterface({ input: process_.stdout }).once('line', (line) => resolve(JSON.parse(line)));
  });
  return { said, stop: () => process_.kill('SIGTERM') };
}

/** Calls the program as the page does. */
function caller(address) {
  const { origin, searchParams } = new URL(address);
  return (name, payload) => post(`${origin}/rpc/${name}`, payload, { Authorization: `Bearer ${searchParams.get('token')}` });
}

async function logIn(call, begin, what, inputs) {
  const { login_id } = await call(begin, { flow: 'token', ...what });
  const { step } = await call('login.next', { login_id, inputs });
  if (!['done', 'linked'].includes(step.kind)) throw new Error(`${begin}: ${JSON.stringify(step)}`);
}

async function post(url, body, headers = {}) {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
