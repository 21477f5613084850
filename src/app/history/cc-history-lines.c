/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-lines.h"

#include "cc-history-texts.h"
#include "preferences/cc-retention-work.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-entity.h>

/* Lines shown of one act; each is a widget. */
#define N_LINES 80

/* The longest value shown: a remembered map is a page of text. */
#define LONGEST 200

static void
free_line (gpointer data)
{
  CcHistoryLine *line = data;

  g_free (line->unit);
  g_free (line->label);
  g_free (line->before);
  g_free (line->after);
  g_free (line);
}

void
cc_history_view_free (CcHistoryView *self)
{
  if (self == NULL)
    return;
  cc_history_entry_free (self->entry);
  cc_history_entry_free (self->other);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static char *
label_code (CcSession *session, const CcVariable *variable, const char *code)
{
  CcPack       *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const CcCode *found = cc_pack_find_code (pack, variable->list, code);

  if (found == NULL)
    found = cc_pack_find_code (pack, "_NOVALUE", code);
  return found != NULL ? cc_pack_get_code_label (pack, found, cc_session_get_language (session))
                       : g_strdup (code);
}

/* "SEX;LAB": the codes of a list */
static char *
label_codes (CcSession *session, const CcVariable *variable, const char *codes)
{
  g_auto (GStrv) parts = g_strsplit (codes, ";", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *label = label_code (session, variable, parts[i]);

      if (i > 0)
        g_string_append (text, C_ ("list of fields", ", "));
      g_string_append (text, label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "12..17", "18..": completed years */
static char *
label_age (CcSession *session, const char *noted)
{
  g_auto (GStrv) ends = g_strsplit (noted, "..", 2);
  gint64         low = 0, high = 0;
  const gboolean has_low = ends[0] != NULL && cc_text_to_int (ends[0], 0, 200, &low);
  const gboolean has_high =
      ends[0] != NULL && ends[1] != NULL && cc_text_to_int (ends[1], 0, 200, &high);
  g_autofree char *first = cc_session_format_number (session, low);
  g_autofree char *last = cc_session_format_number (session, high);

  if (has_low && has_high && low == high)
    return g_steal_pointer (&first);
  if (has_low && has_high)
    /* Translators: from one age to another, in years. */
    return g_strdup_printf (_ ("%1$s – %2$s"), first, last);
  if (has_low)
    /* Translators: an age in years, or older. */
    return g_strdup_printf (_ ("%s or older"), first);
  if (has_high)
    /* Translators: an age in years, or younger. */
    return g_strdup_printf (_ ("%s or younger"), last);
  return g_strdup (noted);
}

static char *
label_date (CcSession *session, const char *noted, const char *text)
{
  CcInterval days;

  if (cc_interval_from_iso (noted, &days))
    return cc_session_format_interval (session, days);
  return g_strdup (text);
}

static char *
label_agency (CcSession *session, const char *noted)
{
  g_autoptr (GPtrArray) agencies = cc_entity_list (cc_session_get_file (session), NULL);
  const gint64 id = g_ascii_strtoll (noted, NULL, 10);

  for (guint i = 0; agencies != NULL && i < agencies->len; i++)
    {
      const CcEntity *agency = g_ptr_array_index (agencies, i);

      if (agency->id == id)
        return g_strdup (agency->name);
    }
  return g_strdup (noted);
}

static char *
shorten (const char *text)
{
  g_autofree char *line = cc_text_collapse (text);
  g_autofree char *start = NULL;

  if (g_utf8_strlen (line, -1) <= LONGEST)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, LONGEST);
  return g_strconcat (start, "…", NULL);
}

char *
cc_history_label_value (CcSession *session, const char *variable, const char *noted)
{
  CcPack           *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const CcVariable *found = variable != NULL ? cc_pack_find_variable (pack, variable) : NULL;
  g_auto (GStrv) parts = NULL;

  if (noted == NULL)
    return NULL;
  if (found == NULL || found->type == CC_VARIABLE_TEXT || found->type == CC_VARIABLE_IDENTIFIER)
    return cc_no_value_from_code (noted) != CC_NO_VALUE_NONE && found != NULL
               ? label_code (session, found, noted)
               : shorten (noted);
  /* Beside a code or a day stands what the source wrote. */
  parts = g_strsplit (noted, " ", 2);
  if (parts[0] == NULL)
    return g_strdup (noted);
  if (cc_no_value_from_code (parts[0]) != CC_NO_VALUE_NONE)
    return label_code (session, found, parts[0]);
  switch (found->type)
    {
    case CC_VARIABLE_DATE:
      return label_date (session, parts[0], noted);
    case CC_VARIABLE_AGE:
      return label_age (session, parts[0]);
    case CC_VARIABLE_REF:
      return label_agency (session, parts[0]);
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
    case CC_VARIABLE_MULTI:
      return label_codes (session, found, parts[0]);
    default:
      return g_strdup (noted);
    }
}

static const struct
{
  const char *word;
  const char *label;
} words[] = {
  /* Translators: states of records, deliveries, pairs and findings, as values of a change. */
  { "live", N_ ("counted") },
  { "withdrawn", N_ ("withdrawn") },
  { "open", N_ ("open") },
  { "accepted", N_ ("accepted") },
  { "decided", N_ ("decided") },
  { "parked", N_ ("set aside") },
  { "rejected", N_ ("rejected") },
  { "corrected", N_ ("corrected") },
  { "confirmed", N_ ("confirmed") },
  { "dismissed", N_ ("dismissed") },
  { "same", N_ ("the same") },
  { "different", N_ ("different") },
  { "related", N_ ("related") },
  { "undecided", N_ ("not sure") },
  { "nil return", N_ ("no case") },
  /* Translators: what stood in a row of a delivery was taken away for good. */
  { "purged", N_ ("removed") },
};

static char *
label_word (const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i].word) == 0)
      return g_strdup (_ (words[i].label));
  return word != NULL ? shorten (word) : NULL;
}

static const struct
{
  const char *table;
  const char *label;
} tables[] = {
  { "record", N_ ("State") },
  { "pair_decision", N_ ("Decision on the pair") },
  { "submission", N_ ("Delivery") },
  { "user", N_ ("User") },
  { "entity", N_ ("Agency") },
  { "expected_return", N_ ("Expected delivery") },
  { "finding", N_ ("Finding") },
  { "source_row", N_ ("Row of the delivery") },
  { "setting", N_ ("Setting") },
  { "profile", N_ ("Reading of files") },
  { "profile_version", N_ ("Reading of files") },
  { "population", N_ ("Population") },
  { "questionnaire_answer", N_ ("Answer") },
  { "retention", N_ ("Rule on how long identifiers are kept") },
  { "purge", N_ ("Removal") },
  { "meta", N_ ("The file") },
  { "code", N_ ("Code") },
  { "variable", N_ ("Field") },
  { "backup", N_ ("Backup") },
  { "merge", N_ ("State of the copy that was brought in") },
  { "merge_conflict", N_ ("Question from bringing files together") },
  { "restore", N_ ("Backup") },
  { "passphrase", N_ ("Passphrase") },
};

static const char *
get_variable_label (CcSession *session, const char *id)
{
  return cc_pack_get_label (cc_case_file_get_pack (cc_session_get_file (session)), "variable", id,
                            cc_session_get_language (session));
}

/* "12/VI03": which record gives the sex of person 12 */
static char *
label_choice (CcSession *session, const char *key)
{
  const char *slash = key != NULL ? strchr (key, '/') : NULL;
  const char *label = slash != NULL ? get_variable_label (session, slash + 1) : NULL;

  if (label == NULL)
    return g_strdup (_ ("Chosen source"));
  /* Translators: %s is a field, such as "Sex": which record its value is taken from. */
  return g_strdup_printf (_ ("Source of “%s”"), label);
}

/* What changed: a field's label, else the thing and its key. */
static char *
label_change (CcSession *session, const CcHistoryChange *change)
{
  const char      *label = NULL;
  g_autofree char *number = NULL;

  if (change->variable != NULL)
    label = get_variable_label (session, change->variable);
  if (label != NULL)
    return g_strdup (label);
  if (strcmp (change->table, "cluster_choice") == 0)
    return label_choice (session, change->key);
  if (strcmp (change->table, "membership") == 0)
    return g_strdup (g_strcmp0 (change->unit, "EV") == 0 ? _ ("Number of the case")
                                                         : _ ("Number of the person"));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (change->table, tables[i].table) == 0)
      label = _ (tables[i].label);
  if (label == NULL)
    label = _ ("Other change");
  if (change->other != 0)
    {
      number = g_strdup_printf ("%" G_GINT64_FORMAT, change->other);
      /* Translators: %s is the number of the other record of the pair. */
      return g_strdup_printf (_ ("Decision on the pair with record %s"), number);
    }
  if (change->record != 0 || change->key == NULL || *change->key == '\0')
    return g_strdup (label);
  /* Translators: %1$s is what changed, such as "Setting", %2$s which one. */
  return g_strdup_printf (_ ("%1$s: %2$s"), label, change->key);
}

static char *
label_record (CcSession *session, const char *number)
{
  return number != NULL
             ? cc_history_describe_record (session, NULL, g_ascii_strtoll (number, NULL, 10))
             : NULL;
}

/* "Family name, Given names": the kinds of identifier that were removed. */
static char *
label_kinds (CcSession *session, const CcHistoryChange *change)
{
  CcPack       *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const CcUnit *unit = change->unit != NULL ? cc_pack_find_unit (pack, change->unit) : NULL;
  g_auto (GStrv) kinds = g_strsplit (change->before != NULL ? change->before : "", " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      const CcVariable *variable =
          unit != NULL ? cc_pack_find_unit_variable (pack, unit->name, kinds[i]) : NULL;

      if (i > 0)
        /* Translators: stands between the names of fields in a list. */
        g_string_append (text, C_ ("list of fields", ", "));
      g_string_append (text,
                       variable != NULL ? get_variable_label (session, variable->id) : kinds[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Behind the head of the chain, which is for machines. */
static const char *
find_folder (const char *note)
{
  const char *space = note != NULL ? strchr (note, ' ') : NULL;

  return space != NULL ? space + 1 : note;
}

static gboolean
is_removal (const CcHistoryChange *change)
{
  return strcmp (change->table, "record") == 0 && g_strcmp0 (change->after, "purged") == 0;
}

/* "Victim: every name and number. Kept for 10 years after the last contact." */
static char *
label_rule (CcSession *session, const char *noted)
{
  CcRetentionRule  rule;
  g_autofree char *whose = NULL;
  g_autofree char *time = NULL;

  if (noted == NULL || !cc_retention_rule_read (noted, &rule))
    return label_word (noted);
  whose = cc_retention_describe_whose (session, &rule);
  time = cc_retention_describe_time (session, &rule);
  cc_retention_rule_clear (&rule);
  /* Translators: %1$s is what a rule is about, "Victim: every name and number", %2$s what it says,
   * "Kept for 10 years after the last contact". */
  return g_strdup_printf (_ ("%1$s. %2$s."), whose, time);
}

static CcHistoryLine *
make_line (CcSession *session, const CcHistoryChange *change)
{
  CcHistoryLine *line = g_new0 (CcHistoryLine, 1);

  line->record = change->record;
  line->unit = g_strdup (change->unit);
  line->label = label_change (session, change);
  if (is_removal (change))
    {
      g_free (line->label);
      line->label = g_strdup (_ ("Removed for good"));
      line->after = label_kinds (session, change);
    }
  else if (change->purged)
    line->after = g_strdup (_ ("removed under a retention rule"));
  else if (change->variable != NULL)
    {
      line->before = cc_history_label_value (session, change->variable, change->before);
      line->after = cc_history_label_value (session, change->variable, change->after);
    }
  else if (strcmp (change->table, "cluster_choice") == 0)
    {
      line->before = label_record (session, change->before);
      line->after = label_record (session, change->after);
    }
  else if (strcmp (change->table, "backup") == 0)
    line->after = g_strdup (find_folder (change->after));
  else if (strcmp (change->table, "retention") == 0)
    {
      /* Which rule it is says the value; its number says nothing. */
      g_free (line->label);
      line->label = g_strdup (_ ("Rule on how long identifiers are kept"));
      line->before = label_rule (session, change->before);
      line->after = label_rule (session, change->after);
    }
  else
    {
      line->before = label_word (change->before);
      line->after = label_word (change->after);
    }
  return line;
}

/* What the sentence and the facts above tell already, or what is said for machines. */
static gboolean
is_shown (const CcHistoryEntry *entry, const CcHistoryChange *change)
{
  static const char *const untold[] = { "release",  "link_model", "link_run", "send_back",
                                        "proposal", "said",       NULL };
  static const char *const of_delivery[] = { "record", "submission", "profile", "profile_version",
                                             NULL };

  return !g_strv_contains (untold, change->table)
         && (entry->delivery == NULL || !g_strv_contains (of_delivery, change->table));
}

static gboolean
load_lines (CcHistoryView *self, CcSession *session, CcConnection *connection, GError **error)
{
  const CcHistoryAct *act = self->entry->act;
  gint64              n_all = act->n_changes;
  g_autoptr (GPtrArray) changes =
      self->entry->brought != NULL
          ? cc_history_list_brought_changes (connection, act, N_LINES, &n_all, error)
          : cc_history_list_changes (connection, act->seq, 0, N_LINES, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const CcHistoryChange *change = g_ptr_array_index (changes, i);

      if (is_shown (self->entry, change))
        g_ptr_array_add (self->lines, make_line (session, change));
    }
  if (changes != NULL)
    self->n_more = self->entry->delivery == NULL ? n_all - changes->len : 0;
  return changes != NULL;
}

CcHistoryView *
cc_history_view_load (CcSession *session, CcConnection *connection, gint64 seq, GError **error)
{
  g_autoptr (CcHistoryView) self = g_new0 (CcHistoryView, 1);
  gint64 other = 0;

  self->lines = g_ptr_array_new_with_free_func (free_line);
  self->entry = cc_history_entry_load (connection, seq, error);
  if (self->entry == NULL || !load_lines (self, session, connection, error)
      || !cc_history_check_undo (connection, seq, &self->state, &other, error))
    return NULL;
  if (other != 0)
    {
      self->other = cc_history_entry_load (connection, other, error);
      if (self->other == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}
