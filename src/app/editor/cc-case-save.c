/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-save.h"

#include <string.h>
#include <cc/intake/cc-check.h>
#include <cc/model/cc-skip.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-records.h>

typedef struct
{
  gpointer  key;    /* the draft's unit: compared, never looked into */
  CcRecord *record; /* as it is to be stored */
  int       parents[2];
  int       head;
  gint64    entity;
  gint64    submission;
  gboolean  put;      /* new or changed */
  gboolean  withdraw; /* it is in the file and is to leave the counts */
  GArray   *changed;  /* const CcVariable *: whose value differs from the file's */
} Item;

struct _CcCaseSave
{
  CcPack *pack;
  GArray *items; /* Item, parents first */
};

static void
clear_item (gpointer data)
{
  Item *item = data;

  cc_record_free (item->record);
  g_array_unref (item->changed);
}

void
cc_case_save_free (gpointer data)
{
  CcCaseSave *self = data;

  if (self == NULL)
    return;
  g_array_unref (self->items);
  cc_pack_unref (self->pack);
  g_free (self);
}

static gboolean
is_kind (CcDraftUnit *unit, const char *kind)
{
  return strcmp (unit->record->unit->kind, kind) == 0;
}

static gboolean
hangs_on (CcDraftUnit *unit, CcDraftUnit *parent)
{
  return unit->parents[0] == parent || unit->parents[1] == parent;
}

/* An event of which nothing is said is still the bond between several persons. */
static guint
count_persons (CcCaseDraft *draft, CcDraftUnit *event)
{
  GPtrArray *units = cc_case_draft_get_units (draft);
  g_autoptr (GHashTable) heads = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < units->len; i++)
    {
      CcDraftUnit *unit = units->pdata[i];

      if (!unit->removed && unit->parents[1] == event && unit->parents[0] != NULL
          && (!cc_draft_unit_is_empty (unit->parents[0]) || unit->parents[0]->stored != NULL))
        g_hash_table_add (heads, unit->parents[0]);
    }
  return g_hash_table_size (heads);
}

gboolean
cc_case_save_keeps (CcCaseDraft *draft, CcDraftUnit *unit)
{
  GPtrArray *units = cc_case_draft_get_units (draft);

  if (unit->removed)
    return FALSE;
  if (unit->stored != NULL || !cc_draft_unit_is_empty (unit))
    return TRUE;
  if (is_kind (unit, "link"))
    /* A link says who belongs to what, even where it says no more. */
    return unit->parents[0] != NULL && unit->parents[1] != NULL
           && cc_case_save_keeps (draft, unit->parents[1])
           && (unit->parents[0]->stored != NULL || !cc_draft_unit_is_empty (unit->parents[0]));
  if (strcmp (unit->record->unit->abbr, "EV") == 0 && count_persons (draft, unit) > 1)
    return TRUE;
  for (guint i = 0; i < units->len; i++)
    {
      CcDraftUnit *other = units->pdata[i];

      if (other->removed || !hangs_on (other, unit))
        continue;
      /* A person must exist for what is said of it; an event need not. */
      if (unit->parents[0] == NULL && unit->parents[1] == NULL && other->parents[1] == unit
          && other->parents[0] != NULL)
        continue;
      if (other->stored != NULL || !cc_draft_unit_is_empty (other)
          || (!is_kind (other, "link") && cc_case_save_keeps (draft, other)))
        return TRUE;
    }
  return FALSE;
}

/* Variables of which the record says something else than the file. */
static GArray *
list_changed (CcRecord *record, CcRecord *stored)
{
  GArray *changed = g_array_new (FALSE, FALSE, sizeof (gpointer));

  for (guint i = 0; stored != NULL && i < stored->values->len; i++)
    {
      const CcValue *old = stored->values->pdata[i];
      CcValue       *value = cc_record_find (record, old->variable->id);

      if (value == NULL || !cc_value_equal (value, old))
        g_array_append_val (changed, old->variable);
    }
  for (guint i = 0; i < record->values->len; i++)
    {
      const CcValue *value = record->values->pdata[i];

      if (stored == NULL || cc_record_find (stored, value->variable->id) == NULL)
        g_array_append_val (changed, value->variable);
    }
  return changed;
}

static int
find_item (CcCaseSave *self, gpointer key)
{
  for (guint i = 0; key != NULL && i < self->items->len; i++)
    if (g_array_index (self->items, Item, i).key == key)
      return (int) i;
  return -1;
}

/* A parent without an id yet is one that the file does not know. */
static gboolean
has_new_parent (CcCaseSave *self, const Item *item)
{
  for (guint i = 0; i < 2; i++)
    if (item->parents[i] >= 0
        && g_array_index (self->items, Item, item->parents[i]).record->id == 0)
      return TRUE;
  return FALSE;
}

static void
add_item (CcCaseSave *self, CcCaseDraft *draft, CcDraftUnit *unit)
{
  const gboolean keeps = cc_case_save_keeps (draft, unit);
  CcDraftUnit   *head = cc_draft_unit_get_head (unit);
  Item           item = { .key = unit, .entity = unit->entity, .submission = unit->submission };

  if (!keeps && unit->stored == NULL)
    return;
  item.record = cc_skip_strip (self->pack, unit->record);
  item.changed = list_changed (item.record, unit->stored);
  item.parents[0] = find_item (self, unit->parents[0]);
  item.parents[1] = find_item (self, unit->parents[1]);
  for (guint i = 0; i < 2; i++)
    item.record->parents[i] =
        item.parents[i] < 0 ? 0 : g_array_index (self->items, Item, item.parents[i]).record->id;
  item.withdraw = !keeps;
  item.put = keeps
             && (unit->stored == NULL || cc_draft_unit_is_changed (unit, self->pack)
                 || has_new_parent (self, &item));
  item.head = head == unit ? (int) self->items->len : find_item (self, head);
  g_array_append_val (self->items, item);
}

/* 0 for persons and events, 1 for what hangs on them, 2 for places of an exploitation. */
static guint
get_level (CcDraftUnit *unit)
{
  guint level = 0;

  for (guint i = 0; i < 2; i++)
    if (unit->parents[i] != NULL)
      level = MAX (level, 1 + get_level (unit->parents[i]));
  return level;
}

/**
 * Returns: (transfer full): free with cc_case_save_free ()
 */
CcCaseSave *
cc_case_save_new (CcCaseDraft *draft)
{
  CcCaseSave *self = g_new0 (CcCaseSave, 1);
  GPtrArray  *units = cc_case_draft_get_units (draft);

  self->pack = cc_pack_ref (cc_case_draft_get_pack (draft));
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  for (guint level = 0; level <= 2; level++)
    for (guint i = 0; i < units->len; i++)
      if (get_level (units->pdata[i]) == level)
        add_item (self, draft, units->pdata[i]);
  return self;
}

guint
cc_case_save_get_n (CcCaseSave *self)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += g_array_index (self->items, Item, i).put || g_array_index (self->items, Item, i).withdraw;
  return n;
}

gint64
cc_case_save_get_id (CcCaseSave *self, CcDraftUnit *unit)
{
  const int at = find_item (self, unit);

  return at < 0 || g_array_index (self->items, Item, at).withdraw
             ? 0
             : g_array_index (self->items, Item, at).record->id;
}

gint64
cc_case_save_get_any (CcCaseSave *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (!g_array_index (self->items, Item, i).withdraw)
      return g_array_index (self->items, Item, i).record->id;
  return 0;
}

static gboolean
put_item (CcCaseSave *self, CcAct *act, Item *item, GError **error)
{
  for (guint i = 0; i < 2; i++)
    item->record->parents[i] =
        item->parents[i] < 0 ? 0 : g_array_index (self->items, Item, item->parents[i]).record->id;
  if (item->record->id == 0 && !cc_act_make_random_uuid (act, item->record->uuid, error))
    return FALSE;
  return cc_act_put_record (act, item->record, item->entity, 0, 0, NULL, error);
}

static gboolean
is_check (const char *rule)
{
  for (guint i = 0; cc_check_rules[i] != NULL; i++)
    if (strcmp (cc_check_rules[i], rule) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_changed (CcCaseSave *self, int head, const CcVariable *variable)
{
  for (guint i = 0; variable != NULL && i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      for (guint j = 0; item->head == head && j < item->changed->len; j++)
        if (g_array_index (item->changed, const CcVariable *, j) == variable)
          return TRUE;
    }
  return FALSE;
}

/* What an import could not read, and somebody has now typed. */
static gboolean
settle_findings (CcCaseSave *self, CcAct *act, int head, GPtrArray *findings, GError **error)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const CcFinding *finding = findings->pdata[i];

      if (g_str_equal (finding->state, "open") && !is_check (finding->rule)
          && has_changed (self, head, finding->variable)
          && !cc_act_resolve_finding (act, finding->id, "corrected", NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_settled (GPtrArray *findings, const CcCheckFinding *found)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const CcFinding *finding = findings->pdata[i];

      if (!g_str_equal (finding->state, "open") && strcmp (finding->rule, found->rule) == 0
          && g_strcmp0 (finding->value, found->value) == 0)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
list_records (CcCaseSave *self, int head)
{
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      if (item->head == head && !item->withdraw)
        g_ptr_array_add (records, item->record);
    }
  return records;
}

/* The findings of one person anew: those of the checks that are still open go, what the checks find
 * now comes, unless somebody has settled just that. */
static gboolean
refresh_findings (CcCaseSave *self, CcAct *act, int head, GError **error)
{
  const Item *item = &g_array_index (self->items, Item, head);
  g_autoptr (GPtrArray) records = list_records (self, head);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) known = NULL;

  for (guint i = 0; cc_check_rules[i] != NULL; i++)
    if (!cc_act_clear_findings (act, 0, item->record->id, cc_check_rules[i], error))
      return FALSE;
  known = cc_store_list_record_findings (cc_act_get_file (act), cc_act_get_connection (act),
                                         item->record->id, error);
  if (known == NULL || !settle_findings (self, act, head, known, error))
    return FALSE;
  if (item->withdraw)
    return TRUE;
  found = cc_check_records (self->pack, records, cc_day_today ());
  for (guint i = 0; i < found->len; i++)
    {
      const CcCheckFinding *check = found->pdata[i];
      CcFinding             finding = { .rule = (char *) check->rule,
                                        .record = item->record->id,
                                        .submission = item->submission,
                                        .variable = check->variable,
                                        .value = check->value,
                                        .severity = (char *) cc_severity_to_text (check->severity) };
      gboolean              added;

      if (is_settled (known, check))
        continue;
      added = cc_act_add_finding (act, &finding, error);
      g_free (finding.state);
      if (!added)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_touched (CcCaseSave *self, int head)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      if (item->head == head && (item->put || item->withdraw))
        return TRUE;
    }
  return FALSE;
}

gboolean
cc_case_save_run (CcAct *act, gpointer data, GError **error)
{
  CcCaseSave *self = data;

  for (guint i = 0; i < self->items->len; i++)
    if (g_array_index (self->items, Item, i).put
        && !put_item (self, act, &g_array_index (self->items, Item, i), error))
      return FALSE;
  for (guint i = self->items->len; i > 0; i--)
    if (g_array_index (self->items, Item, i - 1).withdraw
        && !cc_act_withdraw_record (act, g_array_index (self->items, Item, i - 1).record->id,
                                    error))
      return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (g_array_index (self->items, Item, i).head == (int) i && is_touched (self, (int) i)
        && !refresh_findings (self, act, (int) i, error))
      return FALSE;
  return TRUE;
}
