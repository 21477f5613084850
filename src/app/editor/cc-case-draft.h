/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>

G_BEGIN_DECLS

/* A case while it is being entered: its units and links as the form has them, answers set aside
 * included. Lives in memory only. No widgets here. */
typedef struct _CcCaseDraft CcCaseDraft;
typedef struct _CcDraftUnit CcDraftUnit;

struct _CcDraftUnit
{
  CcRecord    *record; /* as the form has it; parents are those below, not the ids in it */
  CcRecord    *stored; /* as the file has it; NULL where it is new */
  CcDraftUnit *parents[2];
  gint64       entity; /* that states it, 0 where none is chosen */
  gint64       stored_entity;
  gint64       submission; /* it came with, 0 where it was entered by hand */
  gboolean     removed;
  GHashTable  *unread; /* const CcVariable* -> text that could not be read */
  GHashTable
      *earlier; /* const CcVariable* -> CcValue, or NULL: answer before it set others aside */
};

/* What can be added to the case at some place. */
typedef struct
{
  const CcUnit *unit;
  CcDraftUnit  *parents[2];
} CcDraftOffer;

CcCaseDraft *cc_case_draft_new (CcPack *pack);
CcCaseDraft *cc_case_draft_new_from_case (CcPack *pack, GPtrArray *records);
void         cc_case_draft_free (CcCaseDraft *self);
CcPack      *cc_case_draft_get_pack (CcCaseDraft *self);

/* Everything that was ever in the draft, removed units too, parents first. */
GPtrArray *cc_case_draft_get_units (CcCaseDraft *self);

CcDraftUnit *cc_case_draft_find (CcCaseDraft *self, gint64 record);
CcDraftUnit *
cc_case_draft_add (CcCaseDraft *self, const CcUnit *unit, CcDraftUnit *first, CcDraftUnit *second);
CcDraftUnit *cc_case_draft_start (CcCaseDraft *self, const char *unit);
CcDraftUnit *cc_case_draft_add_person (CcCaseDraft *self, const char *unit);
void         cc_case_draft_remove (CcCaseDraft *self, CcDraftUnit *unit);

/* The units in the order of the case's story, those of one person together. */
GPtrArray *cc_case_draft_list (CcCaseDraft *self);
guint      cc_draft_unit_get_depth (CcDraftUnit *self);

/* The person or the event that a unit belongs to; itself for these. */
CcDraftUnit *cc_draft_unit_get_head (CcDraftUnit *self);
guint        cc_case_draft_get_number (CcCaseDraft *self, CcDraftUnit *unit);
GPtrArray   *cc_case_draft_list_offers (CcCaseDraft *self);
GPtrArray   *cc_case_draft_list_checked (CcCaseDraft *self, CcDraftUnit *head);

gboolean cc_draft_unit_is_empty (CcDraftUnit *self);
gboolean cc_draft_unit_is_changed (CcDraftUnit *self, CcPack *pack);
gboolean cc_case_draft_is_dirty (CcCaseDraft *self);

/* Values. A value that says nothing takes the old one away. */
void cc_draft_unit_set_value (CcDraftUnit *self, CcPack *pack, CcValue *value);
void
cc_draft_unit_set_texts (CcDraftUnit *self, const CcVariable *variable, const char *const *texts);
void cc_draft_unit_set_unread (CcDraftUnit *self, const CcVariable *variable, const char *text);
void cc_case_draft_set_entity (CcCaseDraft *self, CcDraftUnit *unit, gint64 entity);

/* Puts the answer back that made the values of `variable` count. */
void cc_draft_unit_restore (CcDraftUnit *self, CcPack *pack, const CcVariable *variable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCaseDraft, cc_case_draft_free)

G_END_DECLS
