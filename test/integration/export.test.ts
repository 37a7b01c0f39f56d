import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import { done, said, shared, told, untilPlanned, workspaceOf } from '../support/story-steps.ts';

describe('an export over sockets', () => {
  let world: LocalWorld;
  beforeEach(async () => {
    world = await startLocalWorld('HTTP');
  });
  afterEach(() => world.close());

  const filesFor = async (userId: string) => {
    const dm = world.slack.directMessageWith(userId);
    const sent = await world.eventually('files', () =>
      world.slack.messages(dm).find((one) => one.files !== undefined),
    );
    const files = sent.files ?? [];
    return { sent, files, texts: files.map((one) => world.slack.file(one.id) ?? '') };
  };

  it('comes as files: all of it to its owner by command, what is shared to the partner by button', async () => {
    const { card } = await untilPlanned(world);
    const [maya, jordan] = [world.slack.as(ids.maya), world.slack.as(ids.jordan)];
    const store = await workspaceOf(world);
    const [acme] = await store.partnerships.find({});
    const [kpi] = acme?.kpis ?? [];
    if (acme === undefined || kpi === undefined) throw new Error('no plan');
    const secret = { ...kpi, id: 'secret', name: 'Secret discount', visibility: 'internal' as const };
    await store.partnerships.replace({ ...acme, kpis: [...acme.kpis, secret] });
    expect(await maya.command('/partnership export Acme', shared)).toMatchObject(done);
    await told(world, maya, 'Sent to you as 5 files');
    const mine = await filesFor(ids.maya);
    expect(mine.files.map((one) => one.name)).toContain('northwind-acme-changes.csv');
    expect(mine.texts[0]).toContain('Secret discount');
    expect(said(mine.sent)).toContain('Northwind × Acme: everything kept');
    const fetched = await fetch(`${world.slack.url}/_local/files/${mine.files[0]?.id}`);
    expect(await fetched.text()).toBe(mine.texts[0]);
    expect(fetched.headers.get('content-disposition')).toContain('attachment');

    expect(await jordan.click(card, 'Export')).toEqual(done);
    await told(world, jordan, 'Sent to you as 4 files: what both firms see.');
    const theirs = await filesFor(ids.jordan);
    expect(theirs.files.map((one) => one.name)).not.toContain('northwind-acme-changes.csv');
    expect(theirs.texts.join()).toContain('Win 12 joint customers');
    expect(theirs.texts.join()).not.toContain('Secret discount');
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });

  it('that Slack refuses sends nothing, and says what to do', async () => {
    await untilPlanned(world);
    const maya = world.slack.as(ids.maya);
    world.slack.fault({ kind: 'error-before', method: 'files.getUploadURLExternal', error: 'missing_scope' });
    expect(await maya.command('/partnership export', shared)).toMatchObject(done);
    await told(world, maya, 'Ask an administrator to install the app again');
    const dm = world.slack.directMessageWith(ids.maya);
    expect(world.slack.messages(dm).filter((one) => one.files !== undefined)).toEqual([]);
  });
});
