/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-history.h>

#include "cc-history-parties.h"
#include "cc-session.h"

G_BEGIN_DECLS

/* What an act was, as a person would say it. */
typedef enum
{
  CC_GIST_OTHER,
  CC_GIST_CREATED, /* the case file */
  CC_GIST_PACK,
  CC_GIST_DELIVERY_CAME,
  CC_GIST_DELIVERY_LEFT,
  CC_GIST_DELIVERY_BACK,
  CC_GIST_NIL,
  CC_GIST_CASE_NEW,
  CC_GIST_CASE_EDITED,
  CC_GIST_CASE_DELETED,
  CC_GIST_CASE_BACK,
  CC_GIST_JOINED,
  CC_GIST_PARTED,
  CC_GIST_DECIDED,
  CC_GIST_LINKED,
  CC_GIST_AGENCY_NEW,
  CC_GIST_AGENCY_EDITED,
  CC_GIST_EXPECTED,
  CC_GIST_SETTING,
  CC_GIST_ANSWER,
  CC_GIST_PROFILE,
  CC_GIST_POPULATION,
  CC_GIST_FINDING,
  CC_GIST_ROW,
  CC_GIST_EXPORT,
  CC_GIST_BACKUP,
  CC_GIST_REKEY,
  CC_GIST_RESTORED,
  CC_GIST_RECOUNT,
  CC_GIST_USER,
  CC_GIST_CHOSEN,
  CC_GIST_MIGRATED,      /* to a newer format */
  CC_GIST_SEALED,        /* what the file says of itself is proven from here on */
  CC_GIST_MERGED,        /* a package or another copy was brought in */
  CC_GIST_PACKAGED,      /* a part left as a package, or this package was made */
  CC_GIST_MERGE_SETTLED, /* what both sides had changed was decided */
  CC_GIST_PURGED,
  CC_GIST_RETENTION,
  CC_GIST_SENT_BACK,  /* a list, with questions to its sender */
  CC_GIST_MODEL_LEFT, /* model and prepared columns were written for another machine */
  CC_GIST_PAIRS_BACK, /* pairs that it scored were brought in */
  CC_GIST_MODEL_LEARNT,
  CC_GIST_MODEL_SAMPLED,
  CC_GIST_MODEL_SIGNED,
  CC_GIST_MODEL_ACCEPTED, /* or none any more */
  CC_GIST_UNREADABLE,     /* the part of the file that tells of it is damaged */
} CcHistoryGist;

/* One act with what its sentence needs. */
typedef struct _CcHistoryEntry CcHistoryEntry;
struct _CcHistoryEntry
{
  gint64             seq; /* of the act; first, for lists */
  CcHistoryAct      *act;
  CcHistoryEntry    *undone;   /* the act it takes back; NULL where none */
  CcHistoryDelivery *delivery; /* NULL where none */
  CcHistoryBrought  *brought;  /* of CC_GIST_MERGED; else NULL */
  CcHistoryParties  *parties;  /* of acts about persons that are not too large; else NULL */
  CcHistoryGist      gist;
  char              *what;      /* agency, profile, finding: as noted; may be NULL */
  char              *unit;      /* VI, PE, EV ...: what it is mostly about; may be NULL */
  char              *verdict;   /* of a decision; may be NULL */
  GPtrArray         *variables; /* char *: ids, each once, in order */
  gint64             n;         /* changes of the kind the gist names */
};

void cc_history_entry_free (CcHistoryEntry *self);

/* For cc_session_read_async (): they read with the connection given. */
CcHistoryEntry *cc_history_entry_load (CcConnection *connection, gint64 seq, GError **error);

/* Stands in a list for an act that cannot be read: nothing but its number is known. */
CcHistoryEntry *cc_history_entry_new_unreadable (gint64 seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryEntry, cc_history_entry_free)

G_END_DECLS
