/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* What was done in a case file, by whom and when, and taking it back. Reading takes a reader of the
 * file or the connection of a running act. */

/* Who signs what the program does of its own accord. */
#define CC_HISTORY_PROGRAM "Casecount"

/* One act of the chain. */
typedef struct
{
  gint64   seq;       /* its number */
  gint64   time;      /* Unix seconds */
  char    *user;      /* signature (cc-user.h), self-declared; "" where nobody said */
  char    *name;      /* its word: import, decide, undo ... */
  gint64   n_changes; /* as cc_history_list_changes () tells them */
  gint64   undoes;    /* the act this one takes back, 0 where none */
  gint64   undone_by; /* the act that took this one back and stands, 0 where none */
  gboolean has_images;
} CcHistoryAct;

/* One change of an act, in the words in which it was noted. */
typedef struct
{
  char    *table;    /* a unit's name (victim ...) or another table */
  char    *key;      /* as noted */
  gint64   record;   /* the record it is about, 0 where it is about none */
  gint64   other;    /* of a decision on a pair, the other record; else 0 */
  char    *unit;     /* of that record: VI, EV ...; NULL where none, or where it is gone */
  char    *variable; /* id of the pack's variable, NULL where it is about none */
  char    *before;   /* NULL: there was nothing */
  char    *after;    /* NULL: there is nothing any more */
  gboolean purged;   /* a lawful purge removed what it said */
} CcHistoryChange;

/* What an act was about, as far as one query each can tell: for sentences. */
typedef struct
{
  gint64     submission; /* the delivery it brought, took back or woke; 0 where none */
  char      *agency;     /* its name, of that delivery; NULL where none */
  char      *file_name;  /* of that delivery; may be NULL */
  CcInterval period;     /* of that delivery; unknown where none */
  gint64     rows;       /* of that delivery */
  gint64     accepted;   /* of its rows */
  gint64     parked;     /* of its rows */
  gboolean   nil;
} CcHistoryDelivery;

/* Which acts to list. Zero means: whatever it is. */
typedef struct
{
  const char *const *names;       /* NULL-terminated; NULL: all */
  const char        *user;        /* a name, in whatever function, or a signature; NULL: all */
  const char        *text;        /* in a change, or in the act's word or user; case-insensitive */
  gboolean           not_in_word; /* the text is not sought in the act's word */
  gint64             since;       /* Unix seconds, inclusive */
  gint64             before;      /* Unix seconds, exclusive */
} CcHistoryFilter;

/* Whether an act can be taken back now, and if not, why. */
typedef enum
{
  CC_UNDO_POSSIBLE,
  CC_UNDO_NOT_FOUND, /* there is no such act */
  CC_UNDO_NOTHING,   /* the act changed nothing that could be taken back */
  CC_UNDO_NOT_KEPT,  /* too much changed at once for everything to be kept */
  CC_UNDO_UNDONE,    /* it is undone already, by act `other` */
  CC_UNDO_LATER,     /* act `other`, later, built on it */
  CC_UNDO_CHANGED,   /* something built on it that cannot be named */
  CC_UNDO_PURGED,    /* what it changed was purged */
  CC_UNDO_PACK,      /* another classification was installed: it goes back by a concordance */
  CC_UNDO_LEFT,      /* something left the house; the note of it stays */
} CcUndoState;

/* What a package or another copy brought in. */
typedef struct
{
  gboolean   package;    /* FALSE: another copy of the case file */
  GPtrArray *agencies;   /* char *: names of those that were new, and that the file still knows */
  gint64     n_agencies; /* that were new */
  gint64     deliveries; /* that were new */
  gint64     added;      /* records */
  gint64     changed;    /* records whose values became others */
  gint64     withdrawn;  /* records */
} CcHistoryBrought;

/* A record as people recognise it where names are not shown. */
typedef struct
{
  gint64 record;
  char  *number; /* by which its agency keeps it; NULL where it stated none, or it was removed */
  char  *agency; /* its name; NULL where none */
} CcHistoryParty;

void cc_history_act_free (CcHistoryAct *self);

/* Whether the program did it of its own accord, as in opening the file; who works then had no part
 * in it. */
gboolean cc_history_act_is_by_program (const CcHistoryAct *self);

void cc_history_change_free (CcHistoryChange *self);
void cc_history_delivery_free (CcHistoryDelivery *self);
void cc_history_brought_free (CcHistoryBrought *self);
void cc_history_party_free (CcHistoryParty *self);

/* Returns: the number of the newest act; 0 with an error */
gint64 cc_history_get_last (CcConnection *connection, GError **error);

/* Returns: (transfer full): NULL with CC_ERROR_NOT_FOUND where there is no such act */
CcHistoryAct *cc_history_get (CcConnection *connection, gint64 seq, GError **error);

/* Element-type CcHistoryAct, newest first. filter may be NULL; limit 0: all. */
GPtrArray *cc_history_list (CcConnection          *connection,
                            const CcHistoryFilter *filter,
                            guint                  offset,
                            guint                  limit,
                            GError               **error);

/* Element-type gint64: the numbers of the acts that the filter lets through, newest first. */
GArray *cc_history_find (CcConnection *connection, const CcHistoryFilter *filter, GError **error);

/* Returns: (transfer full): the words of acts that occur, and the names people gave,
 * without their functions, sorted */
GStrv cc_history_list_names (CcConnection *connection, GError **error);
GStrv cc_history_list_users (CcConnection *connection, GError **error);

/* Element-type CcHistoryChange, in the order they were made; limit 0: all. */
GPtrArray *cc_history_list_changes (CcConnection *connection,
                                    gint64        seq,
                                    guint         offset,
                                    guint         limit,
                                    GError      **error);

/* Returns: how many records an act made that are no delivery's; -1 with an error */
gint64
cc_history_count_new_records (CcConnection *connection, const CcHistoryAct *act, GError **error);

/* Returns: (transfer full): the delivery an act was about; NULL without an error where none */
CcHistoryDelivery *cc_history_get_delivery (CcConnection *connection, gint64 seq, GError **error);

/* Returns: (transfer full): what an act "merge" brought; of one that brought too much for its rows
 * to be kept, agencies and deliveries by the records that came */
CcHistoryBrought *
cc_history_get_brought (CcConnection *connection, const CcHistoryAct *act, GError **error);

/* Returns: (transfer full): what a record is known by; of one that is gone its number here alone */
CcHistoryParty *cc_history_get_party (CcConnection *connection, gint64 record, GError **error);

/* Returns: (transfer full) (element-type gint64): the records that were one person (or case) when
 * an act began, in order */
GArray *
cc_history_list_members (CcConnection *connection, gint64 seq, gint64 person, GError **error);

/* Of an act "merge" the changes that are more than one of these counts tells. Element-type
 * CcHistoryChange, in the order they were made. n_all: (out): how many there are. */
GPtrArray *cc_history_list_brought_changes (CcConnection       *connection,
                                            const CcHistoryAct *act,
                                            guint               limit,
                                            gint64             *n_all,
                                            GError            **error);

/* The life of a record: the acts that touched it, what hangs on it, its person or the decisions
 * about it. Element-type CcHistoryAct, newest first. */
GPtrArray *cc_history_list_record (CcConnection *connection, gint64 record, GError **error);

/* Looks whether an act can be taken back now. other: (out) (optional): the act that stands in the
 * way. FALSE only with an error. */
gboolean cc_history_check_undo (CcConnection *connection,
                                gint64        seq,
                                CcUndoState  *state,
                                gint64       *other,
                                GError      **error);

/* The same in one word. reason: (out) (optional) (transfer full): a sentence where it is FALSE. */
gboolean cc_history_can_undo (CcConnection *connection, gint64 seq, char **reason);

/* Returns: of the acts that changed data, are no taking back themselves and stand, the one that was
 * done last, or done again last; 0 where none, or with an error. Whether it can be taken back, and
 * why not, cc_history_undo () says. */
gint64 cc_history_find_undoable (CcConnection *connection, GError **error);

/* Returns: the number of the undo whose own undoing does again what was taken back last; 0 where
 * something new was done since, nothing was taken back, or with an error */
gint64 cc_history_find_redoable (CcConnection *connection, GError **error);

/* Takes an act back as a whole, or not at all: what it changed is again as it was before it, in a
 * new act "undo", which can be taken back itself. CC_ERROR_REFUSED where a later act built on it.
 * Not on a main loop. new_seq: (out) (optional): number of the new act. */
gboolean cc_history_undo (CcCaseFile   *file,
                          gint64        seq,
                          GCancellable *cancellable,
                          gint64       *new_seq,
                          GError      **error);

/* The same as part of a running act, whose word should be "undo". */
gboolean cc_act_undo (CcAct *act, gint64 seq, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryAct, cc_history_act_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryChange, cc_history_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryDelivery, cc_history_delivery_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryBrought, cc_history_brought_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryParty, cc_history_party_free)

G_END_DECLS
