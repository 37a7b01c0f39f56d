import type { Action } from '../domain/access.ts';
import { type Partnership, pairName } from '../domain/partnership.ts';
import type { Firm } from '../domain/person.ts';

/** Why a person may not do something, and who can: what happened, what was kept, what to do. */
export const refusal = (
  action: Action,
  partnership: Pick<Partnership, 'name' | 'firmName'>,
  firm: Firm | 'outsider',
  owner: string,
): string => {
  const { name, firmName } = partnership;
  const kept = 'Nothing was changed.';
  const join =
    firm === 'theirs'
      ? `Press Ask me on the card first.`
      : `Ask ${owner} to name you for ${pairName(partnership)}.`;
  switch (action) {
    case 'see':
      return 'I do not find this partnership. Type /partnership list.';
    case 'see-internal':
      return `Only the people that ${firmName} named for this partnership see this.`;
    case 'edit-plan':
    case 'set-rhythm':
      return `Only ${owner}, the backup owner and the editors can change this. ${kept} Ask ${owner}.`;
    case 'write-view:ours':
      return `Only ${firmName} can write ${firmName}'s view: ${owner}, the backup owner or an editor. ${kept}`;
    case 'set-owner':
      return `Only ${owner}, the backup owner, the editors and an alliance lead can set the owner. ${kept} Ask ${owner}.`;
    case 'introduce':
      return `Only ${owner} or the backup owner can introduce me. ${kept} Ask ${owner}.`;
    case 'hand-over':
      return `Only ${owner}, the backup owner, the editors, the sponsor and an alliance lead can hand this over. ${kept} Ask one of them.`;
    case 'end':
      return `Only ${owner}, the backup owner or an alliance lead can end or reopen this. ${kept} Ask ${owner}.`;
    case 'sign':
      return `Only one named person a firm signs: ${owner}, the backup owner or the sponsor for ${firmName}, the lead or the sponsor for ${name}. ${kept}`;
    case 'volunteer':
      return firm === 'ours'
        ? `This is for the people of ${name}. ${kept}`
        : `I do not know yet that you are from ${name}. ${kept} Ask ${owner} to confirm it.`;
    case 'name-colleague':
    case 'export':
    case 'answer':
    case 'skip':
      return `Only people of ${firmName} and ${name} can do this. ${kept} If you are one of them, ask ${owner} to confirm it.`;
    case 'write-view:theirs':
      return firm === 'ours'
        ? `Only ${name} can write ${name}'s view. ${kept} Ask them to press Add our vision.`
        : `Only the people that ${name} named can write ${name}'s view. ${kept} ${join}`;
    case 'write-joint':
      return `Only the people named for this partnership can write the joint statement. ${kept} ${join}`;
    case 'define-kpi:ours':
      return `Only ${firmName} can change this KPI. ${kept}${firm === 'ours' ? ` ${join}` : ''}`;
    case 'define-kpi:theirs':
      return `Only ${name} and the plan's owner can change this KPI. ${kept} ${join}`;
    case 'record:ours':
      return `Only ${firmName} can give values for this KPI. ${kept}${firm === 'ours' ? ` ${join}` : ''}`;
    case 'define-kpi:joint':
    case 'record:joint':
    case 'record:theirs':
      return `Only the people named for this partnership can do this. ${kept} ${join}`;
  }
};
