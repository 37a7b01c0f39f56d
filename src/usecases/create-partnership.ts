import { isOfHome, mayCreate } from '../domain/access.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Partnership, PartnerType, Tier } from '../domain/partnership.ts';
import { type Profile, samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { channelClaim, claimFor, nameClaim, releaseClaim } from './claim.ts';
import type { HomeFacts } from './load.ts';
import { checkNewPartnership, type NewPartnershipChecked, newPartnership } from './new-partnership.ts';
import { changePlanFields } from './plan-edit.ts';
import { idFromRequest } from './request-id.ts';
import { firstVision, reviseVision } from './revise-vision.ts';
import { takenMessage } from './taken.ts';
import { wantCards } from './want-message.ts';
import { rememberStartMonth } from './workspace-settings.ts';
import { insertAudited } from './write.ts';

export interface CreatePartnership {
  readonly name: string;
  readonly partnerType: PartnerType;
  readonly channelId: string;
  /** 1 to 12. */
  readonly ourStartMonth: number;
  /** Absent: "Ask them". */
  readonly theirStartMonth?: number;
  /** Our view of the vision. */
  readonly vision?: string;
  readonly ownerUserId?: string;
  readonly tier?: Tier;
  readonly zone?: string;
}

/**
 * Creates a partnership as a draft: the owner gets its card, nobody else hears of it. Name and channel are claimed
 * first, so that of two at once one wins and the other gets the field error. The same request again finds what the
 * first made, and edits it when the form says something else. Throws `not-allowed` for guests and other firms.
 */
export const createPartnership = async (
  deps: Deps,
  asking: Asking,
  input: CreatePartnership,
): Promise<Outcome<Partnership>> => {
  const { workspaceId } = asking;
  const store = deps.store.workspace(workspaceId);
  const { profile, home } = await demandCreator(deps, asking);
  const checked = await checkNewPartnership(deps, asking, home, profile.zone, input);
  if (!checked.ok) return checked;

  const _id = await idFromRequest(workspaceId, 'partnership', asking.requestId);
  const existing = await store.partnerships.get(_id);
  if (existing !== undefined) return repeat(deps, asking, existing, input, checked.value);

  const claims: string[] = [];
  const give = async (): Promise<void> => {
    for (const claim of claims) await releaseClaim(store, claim, _id);
  };
  const { name, channel, vision } = checked.value;
  const wanted = { name: nameClaim(workspaceId, name), channelId: channelClaim(workspaceId, channel.id) };
  for (const [field, claim] of Object.entries(wanted)) {
    const outcome = await claimFor(deps, store, claim, _id);
    if (outcome.kind === 'taken') {
      await give();
      const what = field === 'name' ? `"${name}"` : `#${channel.name}`;
      return refused({ [field]: await takenMessage(deps, asking, what, outcome.by) });
    }
    if (outcome.fresh) claims.push(claim);
  }

  if (vision !== undefined) await firstVision(deps, asking, _id, vision);
  const made = await newPartnership(deps, asking, home, _id, input, checked.value);
  const inserted = await insertAudited(deps, asking, store.partnerships, _id, made, {
    action: 'create-partnership',
    entity: _id,
    summary: `created the partnership with ${name}`,
  });
  const saved = await store.partnerships.get(_id);
  if (saved === undefined) throw new DomainError('not-found', 'This partnership was removed meanwhile.');
  if (inserted === 'duplicate') return repeat(deps, asking, saved, input, checked.value);
  await finish(deps, saved, input.ourStartMonth);
  return accepted(saved);
};

/** Who asks, as one who may start a partnership. Throws `not-allowed` for everybody else. */
export const demandCreator = async (
  deps: Deps,
  { workspaceId, by }: Asking,
): Promise<{ readonly profile: Profile; readonly home: HomeFacts }> => {
  const [profile, home, settings] = await Promise.all([
    deps.directory.person(workspaceId, by),
    deps.directory.home(workspaceId),
    deps.store.workspace(workspaceId).settings.get(workspaceId),
  ]);
  if (mayCreate(profile, home, settings ?? {})) return { profile, home };
  throw new DomainError(
    'not-allowed',
    settings?.creators === 'leads' && isOfHome(profile, home)
      ? `At ${home.name} the alliance leads start partnerships. Nothing was saved. Ask one of them.`
      : `Only people of ${home.name} can start a partnership here. Nothing was saved. Ask a colleague there to do it.`,
  );
};

/** The same form again: what is there already is brought to what it says now. */
const repeat = async (
  deps: Deps,
  asking: Asking,
  existing: Partnership,
  input: CreatePartnership,
  { name, channel, zone, owner, vision }: NewPartnershipChecked,
): Promise<Outcome<Partnership>> => {
  if (existing.state !== 'draft' || !samePerson(existing.createdBy, asking.by)) return accepted(existing);
  const edited = await changePlanFields(deps, asking, existing, {
    name,
    channel,
    zone,
    owner,
    partnerType: input.partnerType,
    ourStartMonth: input.ourStartMonth,
    ...(input.tier === undefined ? {} : { tier: input.tier }),
    ...(input.theirStartMonth === undefined ? {} : { theirStartMonth: input.theirStartMonth }),
  });
  if (!edited.ok) return edited;
  if (vision !== undefined) {
    const { visions } = deps.store.workspace(asking.workspaceId);
    const first = await visions.get(`${existing._id}:vision:1`);
    if (first === undefined) await firstVision(deps, asking, existing._id, vision);
    else if (first.ours?.text !== vision) {
      const revised = await reviseVision(deps, asking, {
        partnershipId: existing._id,
        baseNumber: 1,
        ours: vision,
      });
      if (!revised.ok) return refused({ vision: Object.values(revised.fields).join(' ') });
    }
  }
  await finish(deps, edited.value, input.ourStartMonth);
  return edited;
};

const finish = async (deps: Deps, partnership: Partnership, ourStartMonth: number): Promise<void> => {
  await rememberStartMonth(deps, partnership.workspaceId, ourStartMonth);
  await wantCards(deps, partnership);
};
