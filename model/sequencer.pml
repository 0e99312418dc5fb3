/*
 * The transparency log's sequencer: several run at once, records come twice and in any order, and each run may end after any step.
 *
 * A root is the order of the tokens under it, written as a number to the base TOKENS + 1, so that two roots are equal when their trees are.
 * docs/model.md ties each step to the method that does it.
 *
 * Compiled with -DNAME, a mutant breaks one rule.
 */

#ifndef SEQUENCERS
#define SEQUENCERS 2
#endif
#define TOKENS  2
#define BASE    (TOKENS + 1)
#define EMPTY   0
#ifndef CRASHES
#define CRASHES 1        /* how many runs end early */
#endif

typedef Head { byte size; byte root; byte published }

Head head;                        /* LOGHEAD#HEAD, the one item that changes */
bool archived[TOKENS + 1];        /* a locked archive has the token */
bool placed[TOKENS + 1];          /* LOG#<hash> */
byte tiles[TOKENS + 1];           /* the root whose tiles are there, by size; EMPTY: none */
byte signedRoot[TOKENS + 1];      /* the first root that the key signed, by size */
byte checkpoint;                  /* the size that is published */
byte crashes = CRASHES;
bool forked;                      /* two roots of one size were signed */
bool hollow;                      /* a checkpoint was published whose tiles were not there */
bool wentBack;                    /* a checkpoint was put in the place of a later one */
bool lost;                        /* a token was committed that no archive has */
bool twice;                       /* a token was committed again */

#define has(root, token) ((root % BASE == token) || (root / BASE == token))
#ifdef NO_CONDITION_ON_HEAD
#define isUnchanged true
#else
#define isUnchanged (head.size == read.size && head.root == read.root)
#endif
#ifdef CHECKPOINT_WITHOUT_CONDITION
#define isNewer true
#else
#define isNewer (read.size > checkpoint)
#endif
#ifdef NO_REPAIR
#define needsRepair false
#else
#define needsRepair (read.published < read.size)
#endif

inline sign(atSize, ofRoot) {
  atomic {
    if
    :: signedRoot[atSize] == EMPTY -> signedRoot[atSize] = ofRoot
    :: else -> forked = forked || signedRoot[atSize] != ofRoot
    fi
  }
}

/* What one run does after any step: go on, or end there. */
inline mayEnd() {
  if
  :: true
  :: atomic { crashes > 0 -> crashes--; goto begin }
  fi
}

proctype Sequencer() {
  Head read;
  byte token, next;
begin:
  atomic { read.size = 0; read.root = 0; read.published = 0; token = 0; next = 0 };
end:
  /* 1. Read the head. */
  atomic { read.size = head.size; read.root = head.root; read.published = head.published };
  if
  :: needsRepair -> goto publish
  :: else
  fi;

  /* 2. The stream brings a token, again and again until it has a place; this one may have had it since. */
  atomic {
#ifdef ONCE
    token = (placed[1] -> 2 : 1);          /* what is asked of the end is asked of a stream that brings what is missing */
#else
    select (token : 1 .. TOKENS);
#endif
    if
    :: placed[token] -> goto begin
    :: else
    fi
  };
  next = read.root * BASE + token;

  /* 3. */
#ifndef NO_ARCHIVE
  archived[token] = true;
  mayEnd();
#endif
#ifdef SIGNS_BEFORE_COMMITTING
  sign(read.size + 1, next);
  mayEnd();
#endif

  /* 4. Swap the head. */
  atomic {
    if
    :: isUnchanged && read.size < TOKENS ->
         lost = lost || !archived[token];
         twice = twice || has(head.root, token);
         head.size = read.size + 1;
         head.root = next;
         read.size = head.size;
         read.root = next
    :: else -> token = 0
    fi;
    next = 0
  };
  if
  :: token == 0 -> goto begin
  :: else -> token = 0; mayEnd()
  fi;

publish:
  /* 5. */
  sign(read.size, read.root);
  mayEnd();
  /* 6. Tiles, which are put once, and places. */
#ifndef CHECKPOINT_BEFORE_TILES
  tiles[read.size] = read.root;
  mayEnd();
#endif
  atomic {
    next = read.root;
    do
    :: next > 0 -> placed[next % BASE] = true; next = next / BASE
    :: else -> break
    od
  };
  mayEnd();
  /* 7. The checkpoint, and the note that it is published. */
  atomic {
    if
    :: isNewer ->
         wentBack = wentBack || read.size < checkpoint;
         hollow = hollow || tiles[read.size] != read.root;
         checkpoint = read.size
    :: else
    fi
  };
#ifdef CHECKPOINT_BEFORE_TILES
  tiles[read.size] = read.root;
#endif
  mayEnd();
  atomic {
    if
    :: read.size > head.published -> head.published = read.size
    :: else
    fi
  };
  goto begin
}

init {
  byte i;
  atomic {
    for (i : 1 .. SEQUENCERS) { run Sequencer() };
    i = 0
  }
}

ltl all_of_them { [] !(forked || lost || twice || hollow || wentBack) }
ltl one_root_a_size { [] !forked }
ltl no_token_lost { [] !lost }
ltl no_token_twice { [] !twice }
ltl checkpoint_has_tiles { [] !hollow }
ltl checkpoint_grows { [] !wentBack }
ltl all_published { <> [] (checkpoint == TOKENS && placed[1] && placed[2]) }
ltl reach_published { [] !(checkpoint == TOKENS && crashes == 0) }
