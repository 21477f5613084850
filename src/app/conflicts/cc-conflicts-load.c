/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-conflicts-load.h"

#include "cases/cc-case-details.h"
#include "cases/cc-cases-texts.h"
#include "history/cc-history-texts.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-records.h>

/* Of what a record says, so much that it is recognised. */
#define VALUES_MOST 6

static void
free_record (gpointer data)
{
  CcConflictRecord *record = data;

  g_free (record->title);
  g_free (record->text);
  g_free (record);
}

static void
free_line (gpointer data)
{
  CcConflictLine *line = data;

  g_ptr_array_unref (line->records);
  g_free (line->title);
  g_free (line->mine);
  g_free (line->theirs);
  g_free (line->mine_moment);
  g_free (line->theirs_moment);
  g_free (line->now);
  g_free (line);
}

void
cc_conflicts_free (gpointer data)
{
  CcConflicts *self = data;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

static char *
describe_values (CcSession *session, GPtrArray *values, GPtrArray *entities)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      g_autofree char *one =
          cc_cases_format_value (session, g_ptr_array_index (values, i), entities);

      if (i > 0)
        g_string_append (text, C_ ("list of fields", ", "));
      g_string_append (text, one);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup (_ ("Nothing"));
}

/* "12;15|13": who is one with whom. */
static char *
describe_persons (CcSession *session, const char *partition)
{
  g_auto (GStrv) persons = g_strsplit (partition != NULL ? partition : "", "|", -1);
  const guint      n = g_strv_length (persons);
  g_autofree char *number = cc_session_format_number (session, n);

  return g_strdup_printf (ngettext ("All of them are one", "They are %s different ones", n),
                          number);
}

static gboolean
is_of_agency (const CcConflict *conflict)
{
  return conflict->kind == CC_CONFLICT_ROW && g_strcmp0 (conflict->table, "entity") == 0;
}

/* "name='Refuge of the Coast',type=12": the name alone, where it is among what differs. */
static char *
describe_agency (const char *text)
{
  const char *name = g_str_has_prefix (text, "name='") ? text + strlen ("name='") : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (; name != NULL && *name != '\0' && (*name != '\'' || name[1] == '\''); name++)
    {
      if (*name == '\'')
        name++;
      g_string_append_c (words, *name);
    }
  return g_strdup (words->len > 0 ? words->str : text);
}

static char *
describe_side (CcSession *session, const CcConflict *conflict, gboolean theirs, GPtrArray *entities)
{
  const char *text = theirs ? conflict->theirs : conflict->mine;

  switch (conflict->kind)
    {
    case CC_CONFLICT_VALUE:
      return describe_values (session, theirs ? conflict->their_values : conflict->mine_values,
                              entities);
    case CC_CONFLICT_STATE:
      return g_strdup (g_strcmp0 (text, "withdrawn") == 0 ? _ ("The record was withdrawn")
                                                          : _ ("The record was changed"));
    case CC_CONFLICT_PERSON:
      return describe_persons (session, text);
    case CC_CONFLICT_ROW:
    default:
      if (g_strcmp0 (text, "same") == 0)
        return g_strdup (_ ("They are the same"));
      if (g_strcmp0 (text, "different") == 0)
        return g_strdup (_ ("They are different"));
      if (is_of_agency (conflict) && text != NULL)
        return describe_agency (text);
      return g_strdup (text != NULL ? text : "");
    }
}

static char *
describe_what (CcSession *session, const CcConflict *conflict)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  g_autofree char *record = NULL;
  const char      *label;

  if (is_of_agency (conflict) && conflict->name != NULL)
    {
      const gsize      length = strlen (conflict->name);
      g_autofree char *key =
          length > 2 ? g_strndup (conflict->name + 1, length - 2) : g_strdup (conflict->name);

      /* Translators: %s is the short key of an agency. */
      return g_strdup_printf (_ ("Agency “%s”, made or changed on both sides"), key);
    }
  if (conflict->kind == CC_CONFLICT_ROW && conflict->record == 0)
    return g_strdup (conflict->name != NULL ? conflict->name : "");
  record = cc_history_describe_record (session, conflict->unit, conflict->record);
  if (conflict->other != 0)
    {
      g_autofree char *other =
          cc_history_describe_record (session, conflict->unit, conflict->other);

      /* Translators: both are records such as "Victim, record 12". */
      return g_strdup_printf (_ ("Are they the same: %1$s, and %2$s"), record, other);
    }
  if (conflict->kind == CC_CONFLICT_PERSON || conflict->kind == CC_CONFLICT_ROW)
    /* Translators: %s is a record such as "Victim, record 12". */
    return g_strdup_printf (_ ("Who is the same: %s"), record);
  if (conflict->variable == NULL)
    return g_steal_pointer (&record);
  label = cc_pack_get_label (pack, "variable", conflict->variable->id,
                             cc_session_get_language (session));
  /* Translators: %1$s is a record such as "Victim, record 12", %2$s a field such as "Sex". */
  return g_strdup_printf (_ ("%1$s: %2$s"), record, label != NULL ? label : conflict->variable->id);
}

static void
add_values (GString *text, const CcCaseDetails *details)
{
  guint n = 0;

  for (guint i = 0; i < details->sections->len; i++)
    {
      const CcDetailSection *section = g_ptr_array_index (details->sections, i);

      for (guint j = 0; j < section->lines->len && n < VALUES_MOST; j++)
        {
          const CcDetailLine *line = g_ptr_array_index (section->lines, j);

          if (line->kind != CC_DETAIL_VALUE || line->label == NULL || line->value == NULL)
            continue;
          g_string_append_c (text, '\n');
          /* Translators: %1$s is a field such as "Sex", %2$s what was said. */
          g_string_append_printf (text, _ ("%1$s: %2$s"), line->label, line->value);
          n++;
        }
    }
}

/* A record that was left out of a copy is not there: then the question stands without it. */
static gboolean
add_record (CcSession    *session,
            CcConnection *connection,
            GPtrArray    *records,
            gint64        id,
            GCancellable *cancellable,
            GError      **error)
{
  CcCaseDetailsRequest request = { id, FALSE };
  g_autoptr (CcCaseDetails) details = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GString) text = NULL;
  CcConflictRecord *record;

  if (id == 0)
    return TRUE;
  details = cc_case_details_read (session, connection, &request, cancellable, &problem);
  if (details == NULL && g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND))
    return TRUE;
  if (details == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  text = g_string_new (details->subtitle);
  add_values (text, details);
  record = g_new0 (CcConflictRecord, 1);
  record->title = g_strdup (details->title);
  record->text = g_string_free (g_steal_pointer (&text), FALSE);
  g_ptr_array_add (records, record);
  return TRUE;
}

/* The question decides on a name; that the lists have become one agency's must not pass unseen. */
static void
add_agency_note (GPtrArray *records)
{
  CcConflictRecord *note = g_new0 (CcConflictRecord, 1);

  note->title = g_strdup (_ ("What both sides sent belongs to one agency now"));
  note->text =
      g_strdup (_ ("If they are two agencies, undo bringing the files together in History, "
                   "and bring the lists of one of them in again under an agency with "
                   "another key."));
  g_ptr_array_add (records, note);
}

static CcConflictLine *
make_line (CcSession *session, const CcConflict *conflict, GPtrArray *entities)
{
  CcConflictLine *line = g_new0 (CcConflictLine, 1);

  line->id = conflict->id;
  line->records = g_ptr_array_new_with_free_func (free_record);
  line->title = describe_what (session, conflict);
  line->mine = describe_side (session, conflict, FALSE, entities);
  line->theirs = describe_side (session, conflict, TRUE, entities);
  line->mine_moment = cc_session_format_time (session, conflict->mine_time);
  line->theirs_moment = cc_session_format_time (session, conflict->theirs_time);
  line->kept_theirs = conflict->kept_theirs;
  if (is_of_agency (conflict))
    add_agency_note (line->records);
  return line;
}

/* What the record says of a variable; borrowed from it. */
static GPtrArray *
find_values (CcRecord *record, const CcVariable *variable)
{
  GPtrArray *values = g_ptr_array_new ();

  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *value = g_ptr_array_index (record->values, i);

      if (value->variable == variable)
        g_ptr_array_add (values, value);
    }
  return values;
}

/* Somebody may have changed the value since both were brought together: then which of them was kept
 * says nothing any more. A record that is not there has no value. */
static gboolean
look_what_stands (CcSession        *session,
                  CcConnection     *connection,
                  const CcConflict *conflict,
                  GPtrArray        *entities,
                  CcConflictLine   *line,
                  GError          **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (CcRecord) record = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autofree char *now = NULL;

  if (conflict->kind != CC_CONFLICT_VALUE || conflict->variable == NULL)
    return TRUE;
  record =
      cc_store_read_record (cc_session_get_file (session), connection, conflict->record, &problem);
  if (record == NULL && g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND))
    return TRUE;
  if (record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  values = find_values (record, conflict->variable);
  now = describe_values (session, values, entities);
  if (g_str_equal (line->mine, line->theirs))
    return TRUE;
  if (g_str_equal (now, line->mine))
    line->kept_theirs = FALSE;
  else if (g_str_equal (now, line->theirs))
    line->kept_theirs = TRUE;
  else
    line->now = g_steal_pointer (&now);
  return TRUE;
}

gpointer
cc_conflicts_read (CcSession    *session,
                   CcConnection *connection,
                   gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  CcCaseFile *file = cc_session_get_file (session);
  g_autoptr (GPtrArray) conflicts = cc_conflict_list (file, connection, FALSE, error);
  g_autoptr (GPtrArray) entities = conflicts != NULL ? cc_entity_list (file, error) : NULL;
  CcConflicts *self;
  gboolean     ok = TRUE;

  if (entities == NULL)
    return NULL;
  self = g_new0 (CcConflicts, 1);
  self->lines = g_ptr_array_new_with_free_func (free_line);
  self->n_open = conflicts->len;
  for (guint i = 0; ok && i < MIN (conflicts->len, CC_CONFLICTS_MOST); i++)
    {
      const CcConflict *conflict = g_ptr_array_index (conflicts, i);
      CcConflictLine   *line = make_line (session, conflict, entities);

      g_ptr_array_add (self->lines, line);
      ok = look_what_stands (session, connection, conflict, entities, line, error)
           && add_record (session, connection, line->records, conflict->record, cancellable, error)
           && add_record (session, connection, line->records, conflict->other, cancellable, error);
    }
  if (!ok)
    g_clear_pointer (&self, cc_conflicts_free);
  return self;
}

gpointer
cc_conflicts_count (CcSession    *session,
                    CcConnection *connection,
                    gpointer      data,
                    GCancellable *cancellable,
                    GError      **error)
{
  GError      *problem = NULL;
  const gint64 n = cc_conflict_count_open (connection, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  return g_memdup2 (&n, sizeof n);
}

char *
cc_conflicts_describe_open (CcSession *session, gint64 n)
{
  g_autofree char *number = cc_session_format_number (session, n);

  return g_strdup_printf (ngettext ("%s question from bringing files together waits for you.",
                                    "%s questions from bringing files together wait for you.",
                                    (gulong) n),
                          number);
}
