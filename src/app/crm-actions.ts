import type { CrmActions, CrmAsked } from '../../dashboards/deps.ts';
import { previewPayload } from '../act/cases/preview-payload.ts';
import { sampleCase } from '../act/cases/sample.ts';
import { PREVIEW_KEY } from '../act/crm/vendor-crm.ts';
import { type DraftedRequest, draftDelivery } from '../act/draft-delivery.ts';
import { resumeWhenLetIn } from '../act/resume-endpoint.ts';
import { type PullDesk, pullKinds } from '../jobs/crm/pull-desk.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { errorCode, errorMessage, InputError, RetryLaterError } from '../lib/errors.ts';
import { CASE_OPENED } from '../model/case.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Crm, CrmAccount } from '../model/ports.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'delivery' | 'crmPlans' | 'casePolicy'>;

/** A person waits for what is asked, and what makes something may take as long as a delivery's attempt. */
const ASK_MS = 28_000;
const MAKE_MS = 50_000;

/** @throws RetryLaterError `slow`: the work goes on behind, and nobody waits for it any more */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RetryLaterError('slow', `There was no answer within ${ms / 1000} s.`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What failed, in the form in which pages tell it. */
async function asked<Value>(ms: number, work: () => Promise<Value>): Promise<CrmAsked<Value>> {
  try {
    return { value: await within(ms, work()) };
  } catch (error) {
    return { failure: { code: errorCode(error), message: errorMessage(error) } };
  }
}

/** What the dashboard does with CRMs. */
export function crmActions({ db, clock, delivery, crmPlans, casePolicy }: Deps, pulls: PullDesk): CrmActions {
  const { crms } = delivery;
  /** Asked since the program started. */
  const checks = new Map<string, { at: Date; answer: CrmAsked<CrmAccount> }>();

  function abilityOf<Name extends keyof Crm>(key: string, name: Name): NonNullable<Crm[Name]> {
    const ability = crms.get(key)?.[name];
    if (!ability)
      throw new InputError([{ at: 'key', message: `the connector of "${key}" cannot do this (${name})` }]);
    return ability;
  }

  const drafted = (key: string, one: Delivery): Promise<CrmAsked<DraftedRequest[] | null>> =>
    asked(ASK_MS, async () => {
      const crm = crms.get(one.endpoint);
      if (!crm)
        throw new InputError([{ at: 'key', message: `there is no endpoint "${key}" in the configuration` }]);
      return draftDelivery(crm, one);
    });

  const sample = () => sampleCase(clock.now(), casePolicy.dashboardUrl);

  return {
    list: () =>
      crmPlans.map((plan) => {
        const crm = crms.get(plan.key);
        return {
          key: plan.key,
          kind: plan.kind,
          pulls: pullKinds(plan, crm),
          isPulledByItself: plan.pulls.length > 0,
          can: { check: !!crm?.check, discover: !!crm?.discover, draft: !!(crm?.preview ?? crm?.draft) },
          lastCheck: checks.get(plan.key) ?? null,
        };
      }),
    resume: async (key) => {
      try {
        await resumeWhenLetIn(db, crms, key);
        return null;
      } catch (error) {
        return errorMessage(error);
      }
    },
    check: async (key) => {
      const answer = await asked(ASK_MS, async () => abilityOf(key, 'check')());
      checks.set(key, { at: clock.now(), answer });
      return answer;
    },
    discover: (key) => asked(ASK_MS, async () => abilityOf(key, 'discover')()),
    preview: async (key, caseId) => {
      const now = clock.now();
      const payload = caseId === null ? sample() : await previewPayload(db, caseId, casePolicy, now);
      if (!payload) return { failure: { code: 'no-case', message: 'There is no such case.' } };
      const one: Delivery = {
        id: PREVIEW_KEY,
        channel: 'crm',
        endpoint: key,
        eventType: CASE_OPENED,
        eventKey: 'preview',
        payload,
        state: 'pending',
        attempts: 0,
        nextAttemptAt: null,
        lastError: null,
        createdAt: now,
        deliveredAt: null,
      };
      return drafted(key, one);
    },
    draft: (one) => drafted(one.endpoint, one),
    openTest: (key, id) => asked(MAKE_MS, async () => abilityOf(key, 'openCase')(sample(), id)),
    startPull: (key) => pulls.start(key),
    lookAtPull: async (key) => {
      const work = await pulls.look(key);
      if (!work) return null;
      const { error, ...rest } = work;
      const failure = error === null ? null : { code: errorCode(error), message: errorMessage(error) };
      return { ...rest, failure };
    },
  };
}
