/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-definition-private.h"

#include "cc-nearest-private.h"
#include "cc-stats-private.h"

#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>

#define SUFFIX   ".tipq"
#define MAX_TEXT (4 * 1024 * 1024)

/* Frees a problem. */
void
cc_definition_problem_free (CcDefinitionProblem *self)
{
  if (!self)
    return;
  g_free (self->file);
  g_free (self->message);
  g_free (self);
}

/* Frees an entry of cc_questionnaire_list (). */
void
cc_questionnaire_entry_free (CcQuestionnaireEntry *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->path);
  cc_questionnaire_unref (self->questionnaire);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void
free_sheet (gpointer data)
{
  CcSheetDefinition *sheet = data;

  g_strfreev (sheet->tables);
  g_strfreev (sheet->fields);
  g_free (sheet);
}

static void
free_form_field (gpointer data)
{
  CcFieldDefinition *field = data;

  g_strfreev (field->choices);
  g_free (field);
}

static void
clear_questionnaire (gpointer data)
{
  CcQuestionnaire *self = data;

  g_hash_table_unref (self->axes_by_name);
  g_ptr_array_unref (self->axes);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->form_fields);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->sources);
  g_string_chunk_free (self->strings);
  g_strfreev (self->languages);
  g_strfreev (self->params);
  g_free (self->name);
  g_free (self->directory);
  g_free (self->checksum);
  cc_fields_unref (self->fields);
  cc_pack_unref (self->pack);
}

/* Another reference to the same definition. */
CcQuestionnaire *
cc_questionnaire_ref (CcQuestionnaire *self)
{
  return g_atomic_rc_box_acquire (self);
}

/* Gives a reference back. */
void
cc_questionnaire_unref (CcQuestionnaire *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, clear_questionnaire);
}

static CcQuestionnaire *
new_questionnaire (CcPack *pack, const char *name)
{
  CcQuestionnaire *self = g_atomic_rc_box_new0 (CcQuestionnaire);

  self->pack = cc_pack_ref (pack);
  self->fields = cc_fields_ref (cc_stats_plan_get (pack)->fields);
  self->name = g_strdup (name);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_key_file_free);
  self->strings = g_string_chunk_new (4096);
  self->axes = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_axis_free);
  self->axes_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_table_free);
  self->form_fields = g_ptr_array_new_with_free_func (free_form_field);
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_check_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_definition_problem_free);
  return self;
}

/* The checksum covers the definition, its parents and the axis files it was read with. */
static char *
make_checksum (CcQuestionnaire *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < self->sources->len; i++)
    {
      g_autofree char *text = cc_key_file_to_text (self->sources->pdata[i]);

      g_checksum_update (checksum, (const guchar *) text, -1);
      g_checksum_update (checksum, (const guchar *) "\0", 1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
check_head (CcQuestionnaire *self)
{
  static const char *const blanks[] = { "unknown", "zero", NULL };
  static const char *const periods[] = { "custom", NULL };
  const char              *rollup = cc_definition_get (self, "questionnaire", "rollup");
  const char              *id = cc_definition_get (self, "questionnaire", "id");
  int                      month;

  if (!id || !*id)
    cc_definition_problem (self, CC_SEVERITY_ERROR, "questionnaire", "id",
                           "the definition has no id= in [questionnaire]");
  cc_definition_get_choice (self, "questionnaire", "blank", blanks, 0);
  cc_definition_get_choice (self, "questionnaire", "period", periods, 0);
  cc_definition_get_int (self, "questionnaire", "years", 1);
  cc_definition_get_int (self, "questionnaire", "version", 1);
  cc_definition_get_int (self, "questionnaire", "suppress", 0);
  month = cc_definition_get_int (self, "questionnaire", "period-first-month", 1);
  if (month < 1 || month > 12)
    cc_definition_problem (self, CC_SEVERITY_ERROR, "questionnaire", "period-first-month",
                           "period-first-month= must be 1 to 12, not %d", month);
  if (rollup)
    {
      GPtrArray *schemes = cc_pack_get_schemes (self->pack);
      CcNearest  nearest;

      cc_nearest_init (&nearest, rollup);
      for (guint i = 0; i < schemes->len; i++)
        cc_nearest_try (&nearest, schemes->pdata[i]);
      if (!nearest.best || nearest.distance > 0)
        cc_definition_problem (self, CC_SEVERITY_ERROR, "questionnaire", "rollup",
                               nearest.best ? "there is no roll-up scheme “%s”; the nearest is “%s”"
                                            : "there is no roll-up scheme “%s”",
                               rollup, nearest.best);
    }
}

static void
load_all (CcQuestionnaire *self)
{
  self->languages = cc_definition_get_list (self, "questionnaire", "languages");
  self->params = cc_definition_get_list (self, "questionnaire", "params");
  check_head (self);
  cc_definition_check_keys (self);
  cc_definition_load_axes (self);
  cc_definition_load_tables (self);
  cc_definition_load_rules (self);
  cc_definition_check_reachable (self);
  self->checksum = make_checksum (self);
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const CcDefinitionProblem *problem_a = *(const CcDefinitionProblem *const *) a;
  const CcDefinitionProblem *problem_b = *(const CcDefinitionProblem *const *) b;
  int                        files = strcmp (problem_a->file, problem_b->file);

  if (files)
    return files;
  return problem_a->line < problem_b->line ? -1 : problem_a->line > problem_b->line;
}

/* Reads a definition with all its problems. NULL only where a file cannot be read as a key file. */
static CcQuestionnaire *
read_definition (CcPack *pack, const char *name, const char *path, CcKeyFile *file, GError **error)
{
  CcQuestionnaire *self = new_questionnaire (pack, name);

  if (path)
    self->directory = g_path_get_dirname (path);
  if (!cc_definition_load_sources (self, file, error))
    {
      cc_questionnaire_unref (self);
      return NULL;
    }
  load_all (self);
  g_ptr_array_sort (self->problems, compare_problems);
  return self;
}

/* Refuses a definition that has errors; the first is told. */
static CcQuestionnaire *
refuse_errors (CcQuestionnaire *self, GError **error)
{
  for (guint i = 0; self && i < self->problems->len; i++)
    {
      CcDefinitionProblem *problem = self->problems->pdata[i];

      if (problem->severity != CC_SEVERITY_ERROR)
        continue;
      g_set_error_literal (error, CC_ERROR, CC_ERROR_INVALID_DATA, problem->message);
      cc_questionnaire_unref (self);
      return NULL;
    }
  return self;
}

static CcQuestionnaire *
read_path (CcPack *pack, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  CcKeyFile       *file = cc_key_file_load (path, error);

  return file ? read_definition (pack, name, path, file, error) : NULL;
}

/**
 * cc_questionnaire_load:
 * @path: a .tipq file
 *
 * Loads and checks a definition, with the parents and axis files that it names.
 *
 * Returns: (transfer full): NULL with an error that names file, line and the nearest known name
 */
CcQuestionnaire *
cc_questionnaire_load (CcPack *pack, const char *path, GError **error)
{
  g_return_val_if_fail (pack && path, NULL);

  return refuse_errors (read_path (pack, path, error), error);
}

/**
 * cc_questionnaire_load_text:
 * @name: stands for the file in messages
 * @text: a definition; files that it names are looked for among those shipped
 *
 * Returns: (transfer full): as cc_questionnaire_load ()
 */
CcQuestionnaire *
cc_questionnaire_load_text (CcPack *pack, const char *name, const char *text, GError **error)
{
  CcKeyFile *file;

  g_return_val_if_fail (pack && name && text, NULL);

  if (strlen (text) > MAX_TEXT)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT, "%s is too large for a definition.", name);
      return NULL;
    }
  file = cc_key_file_load_text (name, text, error);
  return file ? refuse_errors (read_definition (pack, name, NULL, file, error), error) : NULL;
}

/**
 * cc_questionnaire_find:
 * @id: such as "unodc-glotip", or the path of a .tipq file
 * @user_directory: (nullable): the user's own definitions, which win over those shipped
 *
 * Returns: (transfer full): as cc_questionnaire_load ()
 */
CcQuestionnaire *
cc_questionnaire_find (CcPack *pack, const char *id, const char *user_directory, GError **error)
{
  g_autofree char *file = g_strconcat (id, SUFFIX, NULL);
  g_autofree char *shipped = cc_data_dir_build ("questionnaires", file, NULL);
  g_autofree char *own = user_directory ? g_build_filename (user_directory, file, NULL) : NULL;
  g_autoptr (GPtrArray) entries = NULL;
  CcNearest nearest;

  if (g_str_has_suffix (id, SUFFIX))
    return cc_questionnaire_load (pack, id, error);
  if (!strchr (id, G_DIR_SEPARATOR))
    {
      if (own && g_file_test (own, G_FILE_TEST_IS_REGULAR))
        return cc_questionnaire_load (pack, own, error);
      if (g_file_test (shipped, G_FILE_TEST_IS_REGULAR))
        return cc_questionnaire_load (pack, shipped, error);
    }
  entries = cc_questionnaire_list (pack, user_directory, error);
  if (!entries)
    return NULL;
  cc_nearest_init (&nearest, id);
  for (guint i = 0; i < entries->len; i++)
    {
      CcQuestionnaireEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->id, id) && entry->questionnaire)
        return cc_questionnaire_ref (entry->questionnaire);
      cc_nearest_try (&nearest, entry->id);
    }
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               nearest.best ? "There is no questionnaire “%s”; the nearest is “%s”."
                            : "There is no questionnaire “%s”.",
               id, nearest.best);
  return NULL;
}

static CcQuestionnaireEntry *
make_entry (CcPack *pack, const char *path, gboolean from_user)
{
  CcQuestionnaireEntry *entry = g_new0 (CcQuestionnaireEntry, 1);
  g_autofree char      *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  const char *id;

  entry->path = g_strdup (path);
  entry->from_user = from_user;
  entry->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_definition_problem_free);
  entry->questionnaire = read_path (pack, path, &error);
  if (!entry->questionnaire)
    {
      CcDefinitionProblem *problem = g_new0 (CcDefinitionProblem, 1);

      problem->file = g_strdup (name);
      problem->message = g_strdup (error->message);
      g_ptr_array_add (entry->problems, problem);
      entry->id = g_strndup (name, strlen (name) - strlen (SUFFIX));
      return entry;
    }
  id = cc_questionnaire_get_id (entry->questionnaire);
  entry->id = *id ? g_strdup (id) : g_strndup (name, strlen (name) - strlen (SUFFIX));
  for (guint i = 0; i < entry->questionnaire->problems->len; i++)
    {
      CcDefinitionProblem *from = entry->questionnaire->problems->pdata[i];
      CcDefinitionProblem *problem = g_new0 (CcDefinitionProblem, 1);

      problem->severity = from->severity;
      problem->file = g_strdup (from->file);
      problem->line = from->line;
      problem->message = g_strdup (from->message);
      g_ptr_array_add (entry->problems, problem);
    }
  entry->questionnaire = refuse_errors (entry->questionnaire, NULL);
  return entry;
}

static void
list_folder (CcPack *pack, const char *directory, gboolean from_user, GPtrArray *entries)
{
  g_autoptr (GDir) folder = directory ? g_dir_open (directory, 0, NULL) : NULL;
  const char *name;

  while (folder && (name = g_dir_read_name (folder)))
    if (g_str_has_suffix (name, SUFFIX) && !g_str_equal (name, "axes" SUFFIX))
      {
        g_autofree char *path = g_build_filename (directory, name, NULL);

        g_ptr_array_add (entries, make_entry (pack, path, from_user));
      }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const CcQuestionnaireEntry *entry_a = *(const CcQuestionnaireEntry *const *) a;
  const CcQuestionnaireEntry *entry_b = *(const CcQuestionnaireEntry *const *) b;
  int                         ids = strcmp (entry_a->id, entry_b->id);

  return ids ? ids : entry_b->from_user - entry_a->from_user;
}

/**
 * cc_questionnaire_list:
 * @user_directory: (nullable): the user's own definitions
 *
 * Returns: (transfer full) (element-type CcQuestionnaireEntry): all definitions by id, those with
 * errors included; of two with the same id only the user's
 */
GPtrArray *
cc_questionnaire_list (CcPack *pack, const char *user_directory, GError **error)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_questionnaire_entry_free);
  g_autofree char *shipped = cc_data_dir_build ("questionnaires", NULL);

  if (!g_file_test (shipped, G_FILE_TEST_IS_DIR))
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                           "The questionnaires that come with the program are missing; install it "
                           "again.");
      return NULL;
    }
  list_folder (pack, shipped, FALSE, entries);
  list_folder (pack, user_directory, TRUE, entries);
  g_ptr_array_sort (entries, compare_entries);
  for (guint i = 1; i < entries->len;)
    if (g_str_equal (((CcQuestionnaireEntry *) entries->pdata[i])->id,
                     ((CcQuestionnaireEntry *) entries->pdata[i - 1])->id))
      g_ptr_array_remove_index (entries, i);
    else
      i++;
  return g_steal_pointer (&entries);
}

/**
 * cc_questionnaire_check:
 * @path: a .tipq file
 *
 * Checks a definition without data.
 *
 * Returns: (transfer full) (element-type CcDefinitionProblem): all problems in file order, empty
 * where there are none; NULL only where the file cannot be read at all
 */
GPtrArray *
cc_questionnaire_check (CcPack *pack, const char *path, GError **error)
{
  CcQuestionnaireEntry *entry;
  GPtrArray            *problems;

  g_return_val_if_fail (pack && path, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND, "There is no file “%s”.", path);
      return NULL;
    }
  entry = make_entry (pack, path, TRUE);
  problems = g_ptr_array_ref (entry->problems);
  cc_questionnaire_entry_free (entry);
  return problems;
}

/**
 * cc_questionnaire_new_table:
 * @count: victims, registrations, perps, events or returns
 * @rows: axes as in a definition
 * @where: (nullable): a condition
 * @date: (nullable): the field that decides the period
 *
 * A definition with one table, "T", for the table builder. Axes are those of the shipped library.
 *
 * Returns: (transfer full): NULL with an error that names the word and the nearest known one
 */
CcQuestionnaire *
cc_questionnaire_new_table (CcPack     *pack,
                            const char *count,
                            const char *rows,
                            const char *cols,
                            const char *where,
                            const char *date,
                            GError    **error)
{
  g_autoptr (GString) text = g_string_new ("[questionnaire]\nid=table\naxes=axes.tipq\n"
                                           "[sheet table]\ntables=T\n[table T]\n");
  const struct
  {
    const char *key;
    const char *value;
  } keys[] = { { "count", count },
               { "rows", rows },
               { "cols", cols },
               { "where", where },
               { "date", date } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (!keys[i].value || !*keys[i].value)
        continue;
      if (strpbrk (keys[i].value, "\r\n"))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_USAGE, "“%s” must stand on one line.",
                       keys[i].key);
          return NULL;
        }
      g_string_append_printf (text, "%s=%s\n", keys[i].key, keys[i].value);
    }
  return cc_questionnaire_load_text (pack, "table", text->str, error);
}
