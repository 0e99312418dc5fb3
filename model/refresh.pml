/*
 * The end of a refresh of backup shares: prepare, give up, finish, and the repairs that meet it. Whoever carries the messages is hostile:
 * it makes several transcripts, tells each peer another one, keeps the owner's orders to give up and uses them when it likes, and shows a
 * certificate to whom it likes. One peer of five lies, and says everything.
 *
 * Keys, deals and accusations decide which transcripts there are; what they promise is shown by RefreshSimulation. Here it is asked
 * whether enough shares of one kind are always there, whatever is said to whom. docs/model.md ties each step to its function.
 *
 * Compiled with -DNAME, a mutant breaks one rule.
 */

#define HONEST      4   /* peers that do not lie */
#define M           3
#define OLD         0
#define TRANSCRIPTS 3   /* 1 is of the first attempt, 2 and 3 are both of the second */
#define attemptOf(t) (t > 1 -> 2 : t)

#ifdef QUORUM_OF_M
#define QUORUM M
#else
#define QUORUM 4        /* max(floor((n + f) / 2) + 1, m + f), n = 5, f = 1 */
#endif

typedef Peer {
  bool holds[TRANSCRIPTS + 1];   /* a share: the old one, or that of a transcript: prepared, given up or applied */
  bool said[TRANSCRIPTS + 1];    /* a signed RefreshPrepared of it is in the world */
  byte attempt;                  /* in which it prepares */
  byte last;                     /* the transcript that it prepared last; 0: none */
  bool gaveUp;                   /* that one */
  bool over                      /* the next epoch has begun for it */
}

Peer peer[HONEST];
bool ready;                      /* the first shares have been dealt */

#define prepared(t) (peer[0].said[t] + peer[1].said[t] + peer[2].said[t] + peer[3].said[t])
#ifdef ERASES_BEFORE_THE_CERTIFICATE
#define isCertified(t) (prepared(t) > 0)
#else
#define isCertified(t) (prepared(t) + 1 >= QUORUM)
#endif
#define count(kind) (peer[0].holds[kind] + peer[1].holds[kind] + peer[2].holds[kind] + peer[3].holds[kind])

#define helps(i, j, kind, begun) (i != j && peer[j].over == begun && peer[j].holds[kind])
#define helpers(i, kind, begun) (helps(i, 0, kind, begun) + helps(i, 1, kind, begun) + helps(i, 2, kind, begun) + helps(i, 3, kind, begun))
#define hasAny(i) (peer[i].holds[0] || peer[i].holds[1] || peer[i].holds[2] || peer[i].holds[3])

#ifdef ATTEMPTS_IN_ANY_ORDER
#define isOfItsAttempt(i, t) true
#else
#define isOfItsAttempt(i, t) (peer[i].attempt == attemptOf(t))
#endif
#ifdef PREPARES_TWO
#define isFree(i) true
#else
#define isFree(i) (peer[i].last == 0 || peer[i].gaveUp)
#endif
#define mayApply(i, t) (peer[i].last == t)
#ifdef FOLLOWS_ANY_CERTIFICATE
#define mayFollow(i, t) (peer[i].last != t)
#else
#define mayFollow(i, t) (peer[i].last != t && attemptOf(peer[i].last) <= attemptOf(t))
#endif

/* Step 5. The new share is kept beside what is there. */
inline prepare(i, t) {
  d_step {
    !peer[i].over && isFree(i) && isOfItsAttempt(i, t) ->
      peer[i].holds[t] = true;
      peer[i].last = t;
      peer[i].gaveUp = false
  }
}

/* Step 6. What is not of this transcript is erased; who has not prepared it has no share in the next epoch. */
inline finish(i, t) {
  d_step {
    !peer[i].over && isCertified(t) && (mayApply(i, t) || mayFollow(i, t)) ->
      if
      :: mayFollow(i, t) -> peer[i].holds[t] = false
      :: else
      fi;
      for (k : 0 .. TRANSCRIPTS) {
        if
        :: k != t -> peer[i].holds[k] = false
        :: else
        fi
      };
      k = 0;
      peer[i].last = 0;
      peer[i].gaveUp = false;
      peer[i].attempt = 0;
      peer[i].over = true
  }
}

inline giveUp(i, attempted) {
  d_step {
    !peer[i].over && peer[i].attempt <= attempted ->
      peer[i].attempt = attempted + 1;
#ifdef ERASES_WHAT_IT_GAVE_UP
      peer[i].holds[peer[i].last] = (peer[i].last == 0);
      peer[i].last = 0;
#endif
      peer[i].gaveUp = (peer[i].last != 0)
  }
}

/*
 * A repair gives a peer a share that M - 1 others and the liar, or M others, have in use: of the next epoch, or of the old one to a peer
 * that followed a certificate without a share. In the same epoch it puts right the old share alone, which is no step here; the mutant takes
 * what was prepared with it.
 */
inline give(i, kind, begun) {
  d_step {
    helpers(i, kind, begun) + 1 >= M && (begun -> !peer[i].over || !hasAny(i) : peer[i].over && !hasAny(i)) ->
      for (k : 0 .. TRANSCRIPTS) { peer[i].holds[k] = (k == kind) };
      k = 0;
      peer[i].last = 0;
      peer[i].gaveUp = false;
      peer[i].attempt = (begun -> 0 : 1);
      peer[i].over = begun
  }
}

proctype Honest(byte i) {
  byte k;
end:
  do
  :: prepare(i, 1)
  :: prepare(i, 2)
  :: prepare(i, 3)
  /* It says so after it is kept; between the two it may have been given up. */
  :: d_step { peer[i].last != 0 && !peer[i].gaveUp && !peer[i].said[peer[i].last] -> peer[i].said[peer[i].last] = true }
  :: giveUp(i, 1)
  :: finish(i, 1)
  :: finish(i, 2)
  :: finish(i, 3)
  :: give(i, 1, true)
  :: give(i, 2, true)
  :: give(i, 3, true)
  :: give(i, OLD, false)
#ifdef REPAIR_FORGETS
  :: d_step {
       !peer[i].over && helpers(i, OLD, false) + 1 >= M ->
         for (k : 1 .. TRANSCRIPTS) { peer[i].holds[k] = false };
         k = 0;
         peer[i].last = 0;
         peer[i].gaveUp = false;
         peer[i].attempt = 1
     }
#endif
  od
}

init {
  byte i;
  atomic {
    for (i : 0 .. HONEST - 1) {
      peer[i].holds[OLD] = true;
      peer[i].attempt = 1;
      run Honest(i)
    };
    i = 0;
    ready = true
  }
}

ltl enough_shares { [] (!ready || count(0) >= M || count(1) >= M || count(2) >= M || count(3) >= M) }
ltl reach_repaired { [] !(peer[3].over && peer[3].holds[3] && !peer[3].said[3]) }
ltl reach_next_epoch { [] !(count(3) == HONEST && count(OLD) == 0) }
ltl reach_two_certificates { [] !(prepared(1) + 1 >= QUORUM && prepared(2) + 1 >= QUORUM) }
