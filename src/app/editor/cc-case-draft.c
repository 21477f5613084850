/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-draft.h"

#include <string.h>
#include <cc/intake/cc-entry.h>
#include <cc/model/cc-skip.h>
#include <cc/store/cc-case.h>

struct _CcCaseDraft
{
  CcPack    *pack;
  GPtrArray *units; /* CcDraftUnit, parents first */
};

static gboolean
is_unit (CcDraftUnit *unit, const char *abbr)
{
  return strcmp (unit->record->unit->abbr, abbr) == 0;
}

static void
free_value (gpointer data)
{
  cc_value_free (data);
}

static void
free_unit (gpointer data)
{
  CcDraftUnit *unit = data;

  g_hash_table_unref (unit->unread);
  g_hash_table_unref (unit->earlier);
  g_clear_pointer (&unit->stored, cc_record_free);
  cc_record_free (unit->record);
  g_free (unit);
}

/**
 * Returns: (transfer full): an empty case
 */
CcCaseDraft *
cc_case_draft_new (CcPack *pack)
{
  CcCaseDraft *self = g_new0 (CcCaseDraft, 1);

  self->pack = cc_pack_ref (pack);
  self->units = g_ptr_array_new_with_free_func (free_unit);
  return self;
}

void
cc_case_draft_free (CcCaseDraft *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->units);
  cc_pack_unref (self->pack);
  g_free (self);
}

CcPack *
cc_case_draft_get_pack (CcCaseDraft *self)
{
  return self->pack;
}

GPtrArray *
cc_case_draft_get_units (CcCaseDraft *self)
{
  return self->units;
}

static CcDraftUnit *
append (CcCaseDraft *self, CcRecord *record)
{
  CcDraftUnit *unit = g_new0 (CcDraftUnit, 1);

  unit->record = record;
  unit->unread = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  unit->earlier = g_hash_table_new_full (NULL, NULL, NULL, free_value);
  g_ptr_array_add (self->units, unit);
  return unit;
}

/**
 * records: CcCaseRecord as cc_store_read_case () gives them
 *
 * Returns: (transfer full): the case as the file has it
 */
CcCaseDraft *
cc_case_draft_new_from_case (CcPack *pack, GPtrArray *records)
{
  CcCaseDraft *self = cc_case_draft_new (pack);

  for (guint i = 0; i < records->len; i++)
    {
      const CcCaseRecord *read = records->pdata[i];
      CcDraftUnit        *unit = append (self, cc_record_copy (read->record));

      unit->stored = cc_record_copy (read->record);
      unit->entity = unit->stored_entity = read->entity;
      unit->submission = read->submission;
      for (guint j = 0; j < 2; j++)
        if (unit->record->parents[j] != 0)
          unit->parents[j] = cc_case_draft_find (self, unit->record->parents[j]);
    }
  return self;
}

/**
 * Returns: (nullable): the unit that the file has under this id
 */
CcDraftUnit *
cc_case_draft_find (CcCaseDraft *self, gint64 record)
{
  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *unit = self->units->pdata[i];

      if (unit->record->id == record && record != 0)
        return unit;
    }
  return NULL;
}

/* New units speak for the agency that the rest of what is entered speaks for. */
static gint64
guess_entity (CcCaseDraft *self, CcDraftUnit *parent)
{
  for (guint i = self->units->len; i > 0; i--)
    {
      CcDraftUnit *unit = self->units->pdata[i - 1];

      if (unit->stored == NULL && unit->entity != 0)
        return unit->entity;
    }
  return parent != NULL ? parent->entity : 0;
}

/* The event of a case that had none is that of all its persons. */
static void
join_to_event (CcCaseDraft *self, CcDraftUnit *event)
{
  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *unit = self->units->pdata[i];

      if (!unit->removed && unit->parents[1] == NULL
          && (is_unit (unit, "VE") || is_unit (unit, "PR") || is_unit (unit, "JS")))
        unit->parents[1] = event;
    }
}

CcDraftUnit *
cc_case_draft_add (CcCaseDraft *self, const CcUnit *unit, CcDraftUnit *first, CcDraftUnit *second)
{
  const gint64 entity = guess_entity (self, first != NULL ? first : second);
  CcDraftUnit *added = append (self, cc_record_new (unit));

  added->parents[0] = first;
  added->parents[1] = second;
  added->entity = entity;
  if (is_unit (added, "EV"))
    join_to_event (self, added);
  return added;
}

static CcDraftUnit *
find_event (CcCaseDraft *self)
{
  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *unit = self->units->pdata[i];

      if (!unit->removed && is_unit (unit, "EV"))
        return unit;
    }
  return NULL;
}

/**
 * A victim with a place for the exploitation and a decision on the status, a perpetrator with a
 * role and a first step of justice: what a clerk would otherwise have to ask for each time. What
 * stays empty is not stored.
 */
CcDraftUnit *
cc_case_draft_add_person (CcCaseDraft *self, const char *abbr)
{
  const gboolean victim = strcmp (abbr, "VI") == 0;
  CcDraftUnit   *event = find_event (self);
  CcDraftUnit   *person;

  person = cc_case_draft_add (self, cc_pack_find_unit (self->pack, abbr), NULL, NULL);
  cc_case_draft_add (self, cc_pack_find_unit (self->pack, victim ? "VE" : "PR"), person, event);
  cc_case_draft_add (self, cc_pack_find_unit (self->pack, victim ? "VS" : "JS"), person,
                     victim ? NULL : event);
  return person;
}

/**
 * unit: the one a new case begins with, by name or abbreviation: victim, perpetrator or event
 *
 * Returns: the unit to begin with
 */
CcDraftUnit *
cc_case_draft_start (CcCaseDraft *self, const char *unit)
{
  const CcUnit *begin = cc_pack_find_unit (self->pack, unit);
  CcDraftUnit  *event = cc_case_draft_add (self, cc_pack_find_unit (self->pack, "EV"), NULL, NULL);

  return begin == event->record->unit ? event : cc_case_draft_add_person (self, begin->abbr);
}

/**
 * Takes a unit out, with all that hangs on it alone: links of it, and what hangs on these. What
 * hangs on an event and on a person stays with the person.
 */
void
cc_case_draft_remove (CcCaseDraft *self, CcDraftUnit *unit)
{
  const gboolean event = is_unit (unit, "EV");

  unit->removed = TRUE;
  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *other = self->units->pdata[i];

      if (other->removed || (other->parents[0] != unit && other->parents[1] != unit))
        continue;
      /* The exploitation of a victim is known even where the event is not. */
      if (event && other->parents[0] != NULL && other->parents[0] != unit)
        other->parents[1] = NULL;
      else
        cc_case_draft_remove (self, other);
    }
}

CcDraftUnit *
cc_draft_unit_get_head (CcDraftUnit *self)
{
  CcDraftUnit *parent = self->parents[0] != NULL ? self->parents[0] : self->parents[1];

  return parent == NULL ? self : cc_draft_unit_get_head (parent);
}

guint
cc_draft_unit_get_depth (CcDraftUnit *self)
{
  CcDraftUnit *parent = self->parents[0] != NULL ? self->parents[0] : self->parents[1];

  return parent == NULL ? 0 : 1 + cc_draft_unit_get_depth (parent);
}

static void
list_below (CcCaseDraft *self, CcDraftUnit *parent, GPtrArray *list)
{
  static const char *const order[] = { "VE", "VS", "AS", "RF", "VP", "PR", "JS", "PL" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < self->units->len; j++)
      {
        CcDraftUnit *unit = self->units->pdata[j];
        CcDraftUnit *above = unit->parents[0] != NULL ? unit->parents[0] : unit->parents[1];

        if (unit->removed || above != parent || !is_unit (unit, order[i]))
          continue;
        g_ptr_array_add (list, unit);
        list_below (self, unit, list);
      }
}

/**
 * Returns: (transfer container): the tree from top to bottom
 */
GPtrArray *
cc_case_draft_list (CcCaseDraft *self)
{
  static const char *const heads[] = { "EV", "VI", "PE" };
  GPtrArray               *list = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    for (guint j = 0; j < self->units->len; j++)
      {
        CcDraftUnit *unit = self->units->pdata[j];

        if (unit->removed || !is_unit (unit, heads[i]))
          continue;
        g_ptr_array_add (list, unit);
        list_below (self, unit, list);
      }
  return list;
}

/**
 * Returns: the unit's place among those of its kind under the same parent, from 1; 0 where it is
 * the only one
 */
guint
cc_case_draft_get_number (CcCaseDraft *self, CcDraftUnit *unit)
{
  guint n = 0, number = 0;

  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *other = self->units->pdata[i];

      if (other->removed || other->record->unit != unit->record->unit
          || other->parents[0] != unit->parents[0])
        continue;
      n++;
      if (other == unit)
        number = n;
    }
  return n > 1 ? number : 0;
}

static void
offer (CcCaseDraft *self, GPtrArray *offers, const char *abbr, CcDraftUnit *a, CcDraftUnit *b)
{
  CcDraftOffer *made = g_new0 (CcDraftOffer, 1);

  made->unit = cc_pack_find_unit (self->pack, abbr);
  made->parents[0] = a;
  made->parents[1] = b;
  g_ptr_array_add (offers, made);
}

static gboolean
has_link (CcCaseDraft *self, const char *abbr, CcDraftUnit *a, CcDraftUnit *b)
{
  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *unit = self->units->pdata[i];

      if (!unit->removed && is_unit (unit, abbr) && unit->parents[0] == a && unit->parents[1] == b)
        return TRUE;
    }
  return FALSE;
}

/* What each person and event of the case can get; links only once between the same two. */
static void
list_offers_of (CcCaseDraft *self, GPtrArray *heads, CcDraftUnit *unit, GPtrArray *offers)
{
  CcDraftUnit *event = find_event (self);

  if (is_unit (unit, "VI"))
    {
      if (!has_link (self, "VE", unit, event))
        offer (self, offers, "VE", unit, event);
      offer (self, offers, "VS", unit, NULL);
      offer (self, offers, "AS", unit, NULL);
      offer (self, offers, "RF", unit, NULL);
      for (guint i = 0; i < heads->len; i++)
        if (is_unit (heads->pdata[i], "PE") && !has_link (self, "VP", unit, heads->pdata[i]))
          offer (self, offers, "VP", unit, heads->pdata[i]);
    }
  else if (is_unit (unit, "PE"))
    {
      if (event != NULL && !has_link (self, "PR", unit, event))
        offer (self, offers, "PR", unit, event);
      offer (self, offers, "JS", unit, event);
    }
  else if (is_unit (unit, "VE"))
    offer (self, offers, "PL", unit, NULL);
  else if (is_unit (unit, "EV"))
    offer (self, offers, "PL", NULL, unit);
}

/**
 * Returns: (transfer full) (element-type CcDraftOffer): everything that could be added now
 */
GPtrArray *
cc_case_draft_list_offers (CcCaseDraft *self)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) list = cc_case_draft_list (self);

  if (find_event (self) == NULL)
    offer (self, offers, "EV", NULL, NULL);
  offer (self, offers, "VI", NULL, NULL);
  offer (self, offers, "PE", NULL, NULL);
  for (guint i = 0; i < list->len; i++)
    list_offers_of (self, list, list->pdata[i], offers);
  return offers;
}

/**
 * Returns: (transfer full) (element-type CcRecord): what the checks of one person look at, without
 * answers set aside
 */
GPtrArray *
cc_case_draft_list_checked (CcCaseDraft *self, CcDraftUnit *head)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_record_free);

  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *unit = self->units->pdata[i];

      if (!unit->removed && cc_draft_unit_get_head (unit) == head)
        g_ptr_array_add (records, cc_skip_strip (self->pack, unit->record));
    }
  return records;
}

gboolean
cc_draft_unit_is_empty (CcDraftUnit *self)
{
  return self->record->values->len == 0;
}

static gboolean
has_same_parents (CcDraftUnit *self)
{
  for (guint i = 0; i < 2; i++)
    if ((self->parents[i] != NULL ? self->parents[i]->record->id : 0) != self->stored->parents[i])
      return FALSE;
  return TRUE;
}

/**
 * Returns: whether saving would change what the file says
 */
gboolean
cc_draft_unit_is_changed (CcDraftUnit *self, CcPack *pack)
{
  if (self->stored == NULL)
    return !self->removed
           && (self->record->values->len > 0 || g_hash_table_size (self->unread) > 0);
  if (self->removed || g_hash_table_size (self->unread) > 0)
    return TRUE;
  return self->entity != self->stored_entity || !has_same_parents (self)
         || !cc_record_equal (self->record, self->stored);
}

gboolean
cc_case_draft_is_dirty (CcCaseDraft *self)
{
  for (guint i = 0; i < self->units->len; i++)
    if (cc_draft_unit_is_changed (self->units->pdata[i], self->pack))
      return TRUE;
  return FALSE;
}

/* How many answers of the record count. */
static guint
count_applying (CcDraftUnit *self, CcPack *pack)
{
  g_autoptr (GPtrArray) aside = cc_skip_list_set_aside (pack, self->record);

  return self->record->values->len - aside->len;
}

static void
put_value (CcDraftUnit *self, CcValue *value)
{
  const gboolean stated =
      cc_entry_is_stated (value) && value->no_value != CC_NO_VALUE_NOT_COLLECTED;
  CcValue *old = cc_record_find (self->record, value->variable->id);
  guint    at;

  if (old == NULL || !stated)
    {
      cc_record_remove (self->record, value->variable->id);
      if (stated)
        cc_record_take (self->record, value);
      else
        cc_value_free (value);
      return;
    }
  g_ptr_array_find (self->record->values, old, &at);
  self->record->values->pdata[at] = value;
  cc_value_free (old);
}

/**
 * value: (transfer full): takes the place of what was said before; "not asked" is nothing said. An
 * answer that sets others aside is remembered, so that they can be brought back.
 */
void
cc_draft_unit_set_value (CcDraftUnit *self, CcPack *pack, CcValue *value)
{
  const CcVariable *variable = value->variable;
  const gboolean    governs = cc_pack_governs (pack, variable);
  CcValue          *old = cc_record_find (self->record, variable->id);
  g_autoptr (CcValue) before = old != NULL ? cc_value_copy (old) : NULL;
  const guint had = self->record->values->len - (old != NULL);
  guint       n;

  n = governs ? count_applying (self, pack) - (old != NULL) : 0;
  g_hash_table_remove (self->unread, variable);
  put_value (self, value);
  if (!governs || had == 0)
    return;
  old = cc_record_find (self->record, variable->id);
  if (count_applying (self, pack) - (old != NULL) < n
      && !g_hash_table_contains (self->earlier, variable))
    g_hash_table_insert (self->earlier, (gpointer) variable, g_steal_pointer (&before));
  else if (count_applying (self, pack) == self->record->values->len)
    g_hash_table_remove (self->earlier, variable);
}

/**
 * texts: (nullable): all values of an identifier, empty ones left out
 */
void
cc_draft_unit_set_texts (CcDraftUnit *self, const CcVariable *variable, const char *const *texts)
{
  cc_record_remove (self->record, variable->id);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (texts[i]));

      if (*text != '\0')
        cc_record_add (self->record, variable)->text = g_steal_pointer (&text);
    }
}

/**
 * text: (nullable): what stands in a field and is no value; the record does not hold it
 */
void
cc_draft_unit_set_unread (CcDraftUnit *self, const CcVariable *variable, const char *text)
{
  if (text == NULL)
    {
      g_hash_table_remove (self->unread, variable);
      return;
    }
  g_hash_table_insert (self->unread, (gpointer) variable, g_strdup (text));
}

/**
 * What is entered together comes from one agency: choosing it for one new unit chooses it for all.
 */
void
cc_case_draft_set_entity (CcCaseDraft *self, CcDraftUnit *unit, gint64 entity)
{
  unit->entity = entity;
  if (unit->stored != NULL)
    return;
  for (guint i = 0; i < self->units->len; i++)
    {
      CcDraftUnit *other = self->units->pdata[i];

      if (other->stored == NULL)
        other->entity = entity;
    }
}

void
cc_draft_unit_restore (CcDraftUnit *self, CcPack *pack, const CcVariable *variable)
{
  const CcSkip *reason;

  /* Each turn brings one answer back; a chain of questions has as many. */
  for (guint turn = 0; turn < 8; turn++)
    {
      CcValue *earlier;

      reason = cc_skip_find_reason (pack, self->record, variable);
      if (reason == NULL)
        return;
      while (!cc_skip_applies (pack, self->record, reason->when))
        reason = cc_skip_find_reason (pack, self->record, reason->when);
      earlier = g_hash_table_lookup (self->earlier, reason->when);
      cc_record_remove (self->record, reason->when->id);
      if (earlier != NULL)
        cc_record_take (self->record, cc_value_copy (earlier));
      g_hash_table_remove (self->earlier, reason->when);
      /* The file itself holds both answers: then the one that excludes the other gives way. */
      if (!cc_skip_applies (pack, self->record, variable) && earlier != NULL)
        cc_record_remove (self->record, reason->when->id);
    }
}
