/*
 * The exchange of a document for a receipt: two parties, the handlers, the workflow, the table, and what can go wrong between them.
 *
 * docs/model.md ties each step to the handler or the state that does it, lists the properties, and says what was left out.
 * Each process is code that runs beside the others. What is one write or one consistent read of the table is one atomic step here, and
 * between two of them anything may happen: another handler's step, a crash, the passing of time.
 *
 * Compiled with -DNAME, a mutant breaks one rule; some property must then fail.
 */

#ifndef EXCHANGES
#define EXCHANGES 2   /* of one document, by one downloader; each has a gate of its own */
#endif
#ifndef FAULTS
#define FAULTS 2      /* how many calls of the workflow to the table fail, in whatever way */
#endif
#ifndef SUBMITTERS
#define SUBMITTERS 1  /* how many invocations of SubmitReceipt run at once */
#endif

/* Time in ticks. A receipt that arrives at DUE is in time, and its function is dead LIFE later. */
#ifndef DUE
#define DUE     1
#endif
#define LIFE    1
#ifdef EXPIRES_EARLY
#define TIMEOUT 0
#define isDue   true
#else
#define isDue   (tick >= DUE)
#endif
#ifdef NO_GRACE
#define TIMEOUT DUE
#endif
#ifndef TIMEOUT
#define TIMEOUT (DUE + LIFE + 1)
#endif
#define LAST    (DUE + LIFE + 1)

/* A key's retirement takes effect DELAY after the request; a first write that lands with less than MARGIN left does not count. */
#ifdef RETIRES_AT_ONCE
#define DELAY   0
#define MARGIN  0
#else
#define DELAY   2
#define MARGIN  1
#endif

#define PARTIES 2
#define NOBODY  PARTIES

mtype = { None, Completed, Declined, Aborted, Expired };       /* endings */
mtype = { Dropped, Deleted, Withdrawn };                       /* what an abort makes of a document */
mtype = { Receipt, Refusal, Abort, Timeout, Failed };          /* how the wait ends */

/* The conditions of writes and the checks of callers, each of which a mutant leaves out. */
#ifdef NO_CONDITION_ON_ENDING
#define noEndingStands(e) true
#else
#define noEndingStands(e) (ending[e] == None)
#endif
#ifdef NO_CONDITION_ON_GATE
#define gateIsOpen(e) true
#else
#define gateIsOpen(e) (!shut[e])
#endif
#ifdef NO_CONDITION_ON_COUNT
#define countStands true
#else
#define countStands (counted || !(acquired[0] || acquired[EXCHANGES - 1]))
#endif
#ifdef DECLINED_BY_ANYBODY
#define signRefusal(e) skip
#else
#define signRefusal(e) refusalSigned[e] = true
#endif
#ifdef RECEIPT_NOT_BOUND
#define isBound true
#else
#define isBound (its == e)
#endif
/* For the properties that say that something comes about: whoever may act need not. */
#ifdef STOPS
#define mayStop true
#else
#define mayStop false
#endif

#ifdef NO_PROOF_OF_POSSESSION
#define mayRegister(party) true
#else
#define mayRegister(party) (party == 0 || shared)
#endif
#ifdef NO_CONDITION_ON_OWNER
#define keyIsNobodys true
#else
#define keyIsNobodys (owner == NOBODY)
#endif
#ifdef REGISTERS
#define isRegistered key[0]
#else
#define isRegistered true
#endif

#ifdef RETIRES
#define keepTime acceptedAt[e] = at
#else
#define keepTime skip
#endif
#ifdef CONFIRMED_WHENEVER
#define landedInTime true
#else
#define landedInTime (tick + MARGIN <= from)
#endif
#ifdef CONFIRMS_ANOTHERS
#define isThisRetirement true
#else
#define isThisRetirement (retirement == name)
#endif

/* The table, and the bucket. */
bool deposit;                         /* NRO and DepositReceipt stand */
bool bytes = true;                    /* the version that the NRO names */
mtype aborted = None;                 /* on the document's own item */
bool shut[EXCHANGES];                 /* aborted, on each gate */
bool acquired[EXCHANGES];             /* acquisitions > 0, on each gate */
byte token[EXCHANGES];                /* the task token on the exchange's item; 0: there is no item */
mtype ending[EXCHANGES] = None;
byte named[EXCHANGES];                /* the exchange that the stored NRR names */
bool released[EXCHANGES];             /* the ReleaseRecord stands */
#ifdef REGISTERS
bool key[PARTIES];                    /* the item of B's key, of party 0, which is B, and of another, who has the key too, or only its public half */
byte owner = NOBODY;                  /* whose the key is */
#endif
byte retiring;                        /* of B's key: from when nothing of it is accepted; 0: never */
byte retirement;                      /* which request for it that was */
byte retired;                         /* the same, confirmed */

/* Step Functions: at most one wait for each exchange, under one token. */
bool started[EXCHANGES];
byte waiting[EXCHANGES];
mtype outcome[EXCHANGES] = None;
byte brought[EXCHANGES];              /* the exchange that the receipt in hand names */
mtype late[EXCHANGES] = None;         /* a transaction that was given up, and may still land */

/* What the parties have done, and what they were given outside the table. */
bool receiptSigned[EXCHANGES];               /* B has signed the NRR of this exchange */
bool refusalSigned[EXCHANGES];              /* B has signed a refusal of it */
bool givenA[EXCHANGES];               /* A was sent the NRR */
bool givenB[EXCHANGES];               /* B was sent NRO and path */

/* What the properties ask for, and nothing reads. */
byte tick;
byte faults = FAULTS;
byte endings[EXCHANGES];              /* writes of an ending that took effect */
bool accepted[EXCHANGES];             /* a receipt was handed over */
byte acceptedAt[EXCHANGES];
bool tooLate;                         /* a receipt that arrived in time found nobody waiting, though nothing had ended the wait but time */
bool shared;                          /* B has given its private key to the other */
bool stranger;                        /* somebody else than A aborted */

/* Hands something to the wait under a token, as SendTaskSuccess and SendTaskFailure do. */
inline send(e, under, what, taken) {
  taken = (under != 0 && waiting[e] == under);
  if
  :: taken -> waiting[e] = 0; outcome[e] = what
  :: else
  fi
}

/* ExchangeWorkflow's Commit: ending, receipt, release and acquisition in one transaction, on two conditions. */
inline commit(e, landed) {
  landed = noEndingStands(e) && gateIsOpen(e);
  if
  :: landed ->
       ending[e] = Completed;
       named[e] = brought[e];
       endings[e]++;
#ifndef RELEASE_OUTSIDE_TRANSACTION
       released[e] = true;
       acquired[e] = true
#endif
  :: else
  fi
}

/* CommitEnding: the other endings, on one condition. */
inline commitEnding(e, what, landed) {
  landed = noEndingStands(e);
  if
  :: landed -> ending[e] = what; endings[e]++
  :: else
  fi
}

proctype Workflow(byte e) {
  byte attempt;
  mtype failure = None;
  mtype next = None;
  bool inHand;
  bool landed;

  (started[e]);
#ifdef DELIVERY_BEFORE_COMMIT
  bool sent;
#endif

Open:
  atomic { attempt++; token[e] = attempt; waiting[e] = attempt };

  if
  :: atomic { outcome[e] == Receipt -> inHand = true; goto Commit }
  :: atomic { outcome[e] == Refusal -> failure = Refusal; goto Seal }
  :: atomic { outcome[e] == Abort -> failure = Abort; goto Seal }
#ifndef NO_TIMEOUT
  :: atomic { tick >= TIMEOUT && outcome[e] == None -> waiting[e] = 0; failure = Timeout; goto Seal }
#endif
  /* The write failed, or its answer was lost. The retry has another token. */
  :: atomic { faults > 0 && outcome[e] == None -> faults--; waiting[e] = 0 };
     if
     :: attempt < 2 -> goto Open
     :: failure = Failed; goto Seal
     fi
  fi;

Commit:
#ifdef DELIVERY_BEFORE_COMMIT
  if
  :: !sent -> sent = true; givenA[e] = true; givenB[e] = true
  :: else
  fi;
#endif
  if
  :: d_step { commit(e, landed) };
     if
     :: landed -> goto Publish
     :: else -> goto Seal
     fi
  :: atomic { faults > 0 -> faults-- };                                /* refused by contention, or throttled */
     if :: goto Commit :: goto Seal fi
  :: atomic { faults > 0 -> faults--; d_step { commit(e, landed) } };  /* the answer was lost */
     if :: goto Commit :: goto Seal fi
  :: atomic { faults > 0 && late[e] == None -> faults--; late[e] = Completed };
     if :: goto Commit :: goto Seal fi
  fi;

Seal:
  landed = false;
  if                                                                   /* reads the exchange */
  :: atomic { ending[e] == Completed -> goto Publish }
  :: atomic { ending[e] != None && ending[e] != Completed -> goto Published }
  :: atomic { ending[e] == None -> skip }
  fi;
  atomic {                                                             /* reads the document */
    if
    :: aborted != None -> next = Aborted
#ifndef CONTENTION_ABORTS
    :: aborted == None && inHand -> goto Commit
#endif
    :: else ->
         if
         :: failure == Refusal -> next = Declined
         :: failure == Timeout && isDue -> next = Expired
         :: else -> next = Aborted
         fi
    fi
  };
  if
  :: d_step { commitEnding(e, next, landed) };
     if
     :: landed -> goto Published
     :: else -> goto Seal
     fi
  :: atomic { faults > 0 -> faults-- }; goto Seal
  :: atomic { faults > 0 -> faults--; d_step { commitEnding(e, next, landed) } }; goto Seal
  :: atomic { faults > 0 && late[e] == None -> faults--; late[e] = next }; goto Seal
  fi;

Publish:
  atomic { attempt = 0; failure = None; next = None; inHand = false; landed = false };
#ifdef RELEASE_OUTSIDE_TRANSACTION
  d_step { released[e] = true; acquired[e] = true };
#endif
  givenA[e] = true;
#ifndef PUBLISHES_TO_ONE
  givenB[e] = true;
#endif

Published:
  atomic { attempt = 0; failure = None; next = None; inHand = false; landed = false }
}

/* A transaction that the workflow has given up lands when it likes, or never. */
proctype Late(byte e) {
  bool landed;
end:
  do
  :: atomic { late[e] == Completed -> late[e] = None; d_step { commit(e, landed) }; landed = false }
  :: atomic { late[e] != None && late[e] != Completed -> d_step { commitEnding(e, late[e], landed) }; late[e] = None; landed = false }
  :: atomic { late[e] != None -> late[e] = None }
  od
}

/* Step 3. */
proctype SubmitOrigin() {
end:
  (aborted == None);
  deposit = true
}

/* Steps 4 and 5. */
proctype RequestDownload(byte e) {
end:
  (deposit);
  if
  :: aborted == None ->
       started[e] = true;
#ifdef ORIGIN_AT_STEP_5
       givenB[e] = true
#endif
  :: else
  fi
}

/* Step 6, at any time, with any receipt that B has a challenge for; it may be killed between any two steps. */
proctype SubmitReceipt() {
  byte e, its, at, from, under;
  bool taken;
end:
  do
  :: atomic { select (e : 0 .. EXCHANGES - 1); select (its : 0 .. EXCHANGES - 1); started[its] -> receiptSigned[its] = true; at = tick };
#ifdef RETIRES
     atomic { isRegistered -> from = retiring };                 /* reads the key, after the time was taken */
#endif
     atomic { under = (ending[e] == None -> token[e] : 0) };     /* reads the exchange */
     if
     :: !isBound || under == 0 || at > DUE || (from != 0 && at >= from) -> goto done
     :: else
     fi;
again:
     atomic {
       if
       :: tick > at + LIFE -> goto done                           /* its function has been stopped */
       :: else
       fi;
       send(e, under, Receipt, taken);
       if
       :: taken -> brought[e] = its; accepted[e] = true; keepTime; goto done
       :: else
       fi
     };
     atomic {
       if
       :: ending[e] == None && token[e] != under -> under = token[e]; goto again
       :: else -> tooLate = tooLate || (outcome[e] == None && ending[e] == None && waiting[e] == 0 && faults == FAULTS)
       fi
     };
done:
     atomic { e = 0; its = 0; at = 0; from = 0; under = 0; taken = false }
  :: mayStop -> break
  od
}

/* Step a, by B. */
proctype Decline() {
  byte e, under;
  bool taken;
end:
  do
  :: atomic { select (e : 0 .. EXCHANGES - 1); ending[e] == None && token[e] != 0 -> signRefusal(e); under = token[e] };
     atomic { send(e, under, Refusal, taken); e = 0; under = 0; taken = false }
  :: mayStop -> break
  od
}

/* Step a, by A: AbortDocument. The document and its gates are read one by one, and written in one transaction. */
proctype AbortDocument() {
  bool counted, deposited, byOther;
  byte g;
end:
  do
  :: atomic { aborted == None -> deposited = deposit };
#ifdef ABORTED_BY_ANYBODY
     if
     :: byOther = true
     :: skip
     fi;
#endif
     for (g : 0 .. EXCHANGES - 1) { counted = counted || acquired[g] };
     g = 0;
     d_step {
       if
       :: aborted == None && countStands ->
            aborted = (counted -> Withdrawn : (deposited -> Deleted : Dropped));
            stranger = byOther;
            shut[0] = true;
#ifndef ABORT_SHUTS_ONE_GATE
            shut[EXCHANGES - 1] = true
#endif
       :: else
       fi;
       counted = false; deposited = false; byOther = false
     }
  :: mayStop -> break
  od
}

/* EndExchanges: a queue brings it again and again after an abort. */
proctype EndExchanges() {
  byte e, under;
  bool taken;
  (aborted != None);
  if
  :: aborted != Withdrawn -> bytes = false
  :: else
  fi;
end:
  do
  :: atomic { select (e : 0 .. EXCHANGES - 1); token[e] != 0 && ending[e] == None && outcome[e] == None -> under = token[e] };
     atomic { send(e, under, Abort, taken); e = 0; under = 0; taken = false }
  :: mayStop -> break
  od
}

#ifdef REGISTERS
/* RegisterKey: the key's item and its owner in one transaction. Party 1 has no key of its own, but may have been given B's proof. */
proctype RegisterKey(byte party) {
end:
  do
  :: mayRegister(party) ->
       d_step {
         if
         :: keyIsNobodys -> key[party] = true; owner = party; retiring = 0; retirement = 0; retired = 0
         :: else
         fi
       }
  od
}
#endif

/* RetireKey, in two writes; each request has a name of its own. */
proctype RetireKey(byte name) {
  byte from;
end:
  do
  :: from = tick + DELAY;
     d_step {
       if
       :: isRegistered && retired == 0 -> retiring = from; retirement = name
       :: else
       fi
     };
     if
     :: landedInTime ->
          d_step {
            if
            :: retired == 0 && isThisRetirement -> retired = retiring
            :: else
            fi
          }
     :: skip                                                     /* ended here: the retirement does not count */
     fi;
     from = 0
  od
}

proctype Clock() {
end:
  do
  :: tick < LAST -> tick++
  od
}

init {
  byte e;
  atomic {
    run Clock();
    run SubmitOrigin();
#if SUBMITTERS > 0
    for (e : 1 .. SUBMITTERS) { run SubmitReceipt() };
#endif
    for (e : 0 .. EXCHANGES - 1) { run Workflow(e); run Late(e); run RequestDownload(e) };
#ifdef DECLINES
    run Decline();
#endif
#ifdef ABORTS
    run AbortDocument();
    run EndExchanges();
#endif
#ifdef RETIRES
    run RetireKey(1);
    run RetireKey(2);
#endif
#ifdef REGISTERS
    if :: shared = true :: skip fi;
    run RegisterKey(0);
    run RegisterKey(1);
#endif
    e = 0
  }
}

#define readableA(e) (ending[e] == Completed)
#define readableB(e) (ending[e] == Completed && released[e] && deposit && bytes)
#define fairOf(e) (readableA(e) == readableB(e) && (!givenA[e] || readableB(e)) && (!givenB[e] || readableA(e)))
#define L (EXCHANGES - 1)

ltl all_of_them {
  [] (fairOf(0) && endings[0] <= 1
      && (ending[0] != Completed || (receiptSigned[0] && named[0] == 0))
      && (ending[0] != Declined || refusalSigned[0])
      && (ending[0] != Expired || tick >= DUE)
      && (!accepted[0] || ending[0] == None || ending[0] == Completed || (ending[0] == Aborted && aborted != None))
      && !stranger && !tooLate)
}
ltl fairness { [] (fairOf(0) && fairOf(L)) }
ltl one_ending { [] (endings[0] <= 1 && endings[L] <= 1) }
ltl receipted { [] ((ending[0] != Completed || (receiptSigned[0] && named[0] == 0)) && (ending[L] != Completed || (receiptSigned[L] && named[L] == L))) }
ltl declined_by_b { [] ((ending[0] != Declined || refusalSigned[0]) && (ending[L] != Declined || refusalSigned[L])) }
ltl aborted_by_a { [] !stranger }
ltl not_before_due { [] ((ending[0] != Expired || tick >= DUE) && (ending[L] != Expired || tick >= DUE)) }
ltl accepted_completes { [] ((accepted[0] && ending[0] != None) -> (ending[0] == Completed || (ending[0] == Aborted && aborted != None))) }
ltl none_after_abort { [] ((aborted != None && ending[L] == None) -> [] (ending[L] != Completed)) }
ltl handed_over_in_time { [] !tooLate }
ltl provable { [] ((accepted[0] && ending[0] == Completed) -> (retired == 0 || acceptedAt[0] < retired)) }
#ifdef REGISTERS
ltl one_owner { [] (!(key[0] && key[1]) && (!key[1] || shared)) }
ltl retired_for_ever { [] ((retired != 0) -> [] (retired != 0)) }
#endif
ltl timeliness { [] (started[0] -> <> (ending[0] != None)) }
ltl delivered { [] ((ending[0] == Completed) -> <> (givenA[0] && givenB[0])) }

ltl reach_completed { [] !(ending[0] == Completed && ending[L] == Completed) }
ltl reach_declined { [] !(ending[0] == Declined) }
ltl reach_aborted { [] !(ending[0] == Aborted && aborted == Deleted && !bytes) }
ltl reach_withdrawn { [] !(ending[0] == Completed && ending[L] == Aborted && aborted == Withdrawn) }
ltl reach_expired { [] !(ending[0] == Expired && accepted[0] == false) }
ltl reach_late { [] !(ending[0] == Completed && faults < FAULTS && late[0] == None && tick == LAST) }
ltl reach_retired { [] !(accepted[0] && ending[0] == Completed && retired != 0) }
