// Holds the log's proofs of a bundle against an implementation that is not ours: the inclusion check of @sigstore/verify, and Ed25519 of Node.
// Standard input: a folder with node_modules, and a folder with the bundle's files; a line each. Prints a line for each proof.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [modules, bundle] = readFileSync(0, 'utf8').trim().split('\n');
const { verifyMerkleInclusion } = createRequire(join(modules, 'x'))(join(modules, 'node_modules/@sigstore/verify/dist/tlog/merkle.js'));
const read = (path) => readFileSync(join(bundle, path), 'utf8');

// The key itself may have a plus sign.
const [, name, encoded] = /^([^+]+)\+[^+]+\+(.+)$/.exec(read('log/key').trim());
const key = Buffer.from(encoded, 'base64');
if (key[0] !== 1) throw new Error('not a key of Ed25519');
const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]);
const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });

const open = (note) => {
  const end = note.indexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const line = note.slice(end + 1).split('\n').find((line) => line.startsWith(`\u2014 ${name} `));
  const signature = Buffer.from(line.split(' ')[2], 'base64').subarray(4);
  if (!verify(null, Buffer.from(text), publicKey, signature)) throw new Error('the checkpoint is not signed');
  const [origin, size, root] = text.split('\n');
  return { origin, logSize: BigInt(size), logHash: Buffer.from(root, 'base64') };
};

open(read('log/checkpoint'));
for (const token of ['nro', 'challenge', 'nrr', 'release', 'refusal', 'record'].filter((token) => existsSync(join(bundle, `${token}.jws`)))) {
  const jws = read(`${token}.jws`).trim();
  const kind = JSON.parse(Buffer.from(jws.split('.')[0], 'base64url')).typ;
  const hash = createHash('sha256').update(jws.slice(0, jws.lastIndexOf('.'))).digest('base64url');
  const proof = read(`log/${token}.tlog-proof`);
  const [, index, ...hashes] = proof.slice(0, proof.indexOf('\n\n')).split('\n');
  const entry = {
    canonicalizedBody: Buffer.from(`fairshare/evidence@1\n${kind}\n${hash}\n`),
    inclusionProof: { logIndex: index.split(' ')[1], hashes: hashes.map((line) => Buffer.from(line, 'base64')) },
  };
  verifyMerkleInclusion(entry, open(proof.slice(proof.indexOf('\n\n') + 2)));
  console.log(`${token} ${index}`);
}
