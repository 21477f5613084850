/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

#include "cc-practice-out-private.h"

#define PART 2000 /* victims invented at a time */

/* A large country, part by part: each part is a world of its own, written, counted and forgotten.
 */
typedef struct
{
  const CcPracticeParams *params;
  CcPracticeParams        part; /* of the part at hand */
  CcPracticeData         *data;
  CcWorld                *world;
  guint64                 victims; /* told so far */
  guint64                 events;
  guint64                 rows;
  GPtrArray              *registers; /* CcPracticeRegister*, NULL for a nil return */
  CcPracticeRecord        record;    /* the row at hand; its texts are owned */
  CcPracticeRecordFunc    func;
  gpointer                func_data;
  CcProgress             *progress;

  /* Only where files are written. */
  CcPracticeResult *result;
  CcPracticeTables *tables;
  CcPracticeOut    *key;
  CcPracticeOut    *table;
  GString          *key_text;
  GString          *table_text;
} Big;

static void
clear_record (CcPracticeRecord *record)
{
  const char **texts[] = { &record->family, &record->given, &record->full_name, &record->alias,
                           &record->father, &record->town,  &record->document,  &record->phone };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free ((char *) *texts[i]);
      *texts[i] = NULL;
    }
}

static void
big_clear (Big *self)
{
  clear_record (&self->record);
  g_clear_pointer (&self->registers, g_ptr_array_unref);
  g_clear_pointer (&self->tables, cc_practice_tables_free);
  g_clear_pointer (&self->world, cc_world_free);
  g_clear_pointer (&self->data, cc_practice_data_free);
  g_clear_pointer (&self->key, cc_practice_out_free);
  g_clear_pointer (&self->table, cc_practice_out_free);
  g_clear_pointer (&self->result, cc_practice_result_free);
  if (self->key_text != NULL)
    g_string_free (self->key_text, TRUE);
  if (self->table_text != NULL)
    g_string_free (self->table_text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Big, big_clear)

/* How often these are filled in, in 10,000: as in the labelled set of agencies (tests/linkage), and
 * much less than in an ordinary country, whose ranges shall stay readable. */
static void
thin_columns (CcSheetLayout *sheet)
{
  static const struct
  {
    const char *field;
    guint       fill;
  } fills[] = { { "father", 2400 }, { "town", 5800 }, { "document", 2100 }, { "phone", 2400 } };

  for (guint i = 0; i < sheet->columns->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (fills); k++)
      {
        CcColumnLayout *column = sheet->columns->pdata[i];

        if (g_str_equal (column->field, fills[k].field))
          column->fill = MIN (column->fill, fills[k].fill);
      }
}

/* Agencies that meet victims, each with one plain table of them: what only a workbook can hold,
 * such as merged headings and a sheet for each month, is left out. */
static void
flatten_kinds (CcPracticeData *data)
{
  for (guint i = data->kinds->len; i-- > 0;)
    {
      CcAgencyKind *kind = data->kinds->pdata[i];

      for (guint s = kind->sheets->len; s-- > 0;)
        if (!g_str_equal (((CcSheetLayout *) kind->sheets->pdata[s])->kind, "victims"))
          g_ptr_array_remove_index (kind->sheets, s);
      if (kind->nil)
        continue;
      if (kind->weight == 0 || kind->sheets->len == 0)
        {
          g_ptr_array_remove_index (data->kinds, i);
          continue;
        }
      thin_columns (kind->sheets->pdata[0]);
      g_free (kind->format);
      kind->format = g_strdup ("csv");
      kind->month_sheets = kind->machine_row = kind->groups = FALSE;
    }
}

static gboolean
big_init (Big                    *self,
          const CcPracticeParams *params,
          CcPracticeRecordFunc    func,
          gpointer                func_data,
          CcProgress             *progress,
          GError                **error)
{
  *self = (Big){ .params = params, .func = func, .func_data = func_data, .progress = progress };
  self->data = cc_practice_data_load (params->country, params->level, error);
  if (self->data == NULL)
    return FALSE;
  flatten_kinds (self->data);
  self->data->crowd = cc_crowd_new (self->data, params->seed,
                                    params->records > 0 ? params->records / 2 : params->victims);
  self->registers = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_practice_register_free);
  return TRUE;
}

static gboolean
is_done (const Big *self)
{
  return self->params->records > 0 ? self->rows >= self->params->records
                                   : self->victims >= self->params->victims;
}

/* Forgets the part at hand and invents the next. */
static gboolean
next_part (Big *self, GError **error)
{
  self->part = *self->params;
  self->part.big = TRUE;
  self->part.seed = cc_practice_mix (self->params->seed, 5000000 + self->victims);
  self->part.victims = PART;
  if (self->params->records > 0)
    self->part.records = self->params->records - (guint) self->rows;
  else
    self->part.victims = (guint) MIN (PART, self->params->victims - self->victims);
  g_clear_pointer (&self->world, cc_world_free);
  self->world = cc_world_new (&self->part, self->data, error);
  if (self->world == NULL)
    return FALSE;
  self->world->first_victim = self->victims;
  self->world->first_event = self->events;
  self->victims += self->world->victims->len;
  self->events += self->world->events->len;
  return self->progress == NULL || cc_progress_update (self->progress, self->rows, error);
}

static gboolean
open_registers (Big *self, GError **error)
{
  for (guint i = 0; i < self->world->agencies->len; i++)
    {
      const CcPracticeAgency *agency = self->world->agencies->pdata[i];
      const CcPracticeFile   *file = self->result != NULL ? self->result->files->pdata[i] : NULL;
      CcPracticeRegister     *opened = NULL;

      if (!agency->kind->nil)
        {
          opened =
              cc_practice_register_new (self->world, i, file != NULL ? file->path : NULL, error);
          if (opened == NULL)
            return FALSE;
        }
      g_ptr_array_add (self->registers, opened);
    }
  return TRUE;
}

static void
on_cell (const CcNoteRow *note, const CcColumnLayout *column, const char *text, gpointer data)
{
  Big         *self = data;
  const char  *names[] = { "family", "given", "full-name", "alias",
                           "father", "town",  "document",  "phone" };
  const char **texts[] = { &self->record.family,   &self->record.given,  &self->record.full_name,
                           &self->record.alias,    &self->record.father, &self->record.town,
                           &self->record.document, &self->record.phone };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (column->field, names[i]))
      {
        g_free ((char *) *texts[i]);
        *texts[i] = g_strdup (text);
      }
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
on_row (const CcNoteRow *read, gpointer data)
{
  Big                    *self = data;
  const CcPracticeAgency *agency = self->world->agencies->pdata[read->agency];
  CcPracticeRecord        told = self->record;

  told.agency = read->agency;
  told.entity = agency->key;
  told.row = read->row;
  told.person = self->world->first_victim + read->truth + 1;
  told.family = or_empty (told.family);
  told.given = or_empty (told.given);
  told.full_name = or_empty (told.full_name);
  told.alias = or_empty (told.alias);
  told.father = or_empty (told.father);
  told.town = or_empty (told.town);
  told.document = or_empty (told.document);
  told.phone = or_empty (told.phone);
  told.sex = read->sex != NULL ? read->sex->code : NULL;
  told.birth = read->birth;
  told.age_min = read->age_min;
  told.age_max = read->age_max;
  told.detected = read->detected;
  told.citizenship = read->citizenship.n > 0 ? read->citizenship.at[0]->code : NULL;
  self->func (&told, self->func_data);
  clear_record (&self->record);
}

static gboolean
write_part (Big *self, GError **error)
{
  for (guint i = 0; i < self->registers->len; i++)
    if (self->registers->pdata[i] != NULL
        && !cc_practice_register_add (self->registers->pdata[i], self->world, on_cell, on_row, self,
                                      error))
      return FALSE;
  self->rows += self->world->notes->len;
  return TRUE;
}

gboolean
cc_practice_each_record (const CcPracticeParams *params,
                         CcPracticeRecordFunc    func,
                         gpointer                user_data,
                         CcProgress             *progress,
                         GError                **error)
{
  g_auto (Big) self = { 0 };

  g_return_val_if_fail (params != NULL && func != NULL, FALSE);

  if (!cc_practice_check_params (params, error)
      || !big_init (&self, params, func, user_data, progress, error))
    return FALSE;
  while (!is_done (&self))
    if (!next_part (&self, error) || (self.registers->len == 0 && !open_registers (&self, error))
        || !write_part (&self, error))
      return FALSE;
  return TRUE;
}

/* ---- files ---- */

/* The columns of the table of all rows, and the same roles as link-table names them. */
#define TABLE_HEADER                                                                               \
  "entity,row,family_name,given_names,full_name,alias,father,sex,birth_date,age,detected,"         \
  "citizenship,birth_place,document,phone,invented_person\n"
#define TABLE_SCHEMA                                                                               \
  "# Invented data for training and measurements: no person in it ever lived.\n"                   \
  "# link-table linkage-table.csv --schema linkage-table.ini --truth invented_person\n"            \
  "[columns]\n"                                                                                    \
  "source.entity=\nid.row=\nfamily.family_name=\ngiven.given_names=\nfullname.full_name=\n"        \
  "alias.alias=\nfather.father=\nsex.sex=\nbirth-date.birth_date=\nage.age=\n"                     \
  "age-date.detected=\ncitizenship.citizenship=\nplace.birth_place=\ndocument.document=\n"         \
  "phone.phone=\n"

static void
tell_table (const CcPracticeRecord *record, gpointer data)
{
  Big             *self = data;
  g_autofree char *row = g_strdup_printf ("%u", record->row);
  g_autofree char *person = g_strdup_printf ("VI%06" G_GUINT64_FORMAT, record->person);
  g_autofree char *birth = cc_interval_to_iso (record->birth);
  g_autofree char *detected = cc_interval_to_iso (record->detected);
  g_autofree char *age = NULL;

  if (record->age_min < 0)
    age = g_strdup ("");
  else if (record->age_max == record->age_min)
    age = g_strdup_printf ("%d", record->age_min);
  else
    age = g_strdup_printf ("%d-%d", record->age_min, record->age_max);
  cc_practice_csv_append (self->table_text, record->entity, row, record->family, record->given,
                          record->full_name, record->alias, record->father, or_empty (record->sex),
                          birth, age, detected, or_empty (record->citizenship), record->town,
                          record->document, record->phone, person, NULL);
}

static gboolean
begin_files (Big *self, const char *directory, GError **error)
{
  CcPracticeResult *result = self->result;

  if (!cc_practice_make_directory (directory, error))
    return FALSE;
  for (guint i = 0; i < self->world->agencies->len; i++)
    g_ptr_array_add (result->files, cc_practice_describe_file (self->world, i, directory));
  result->country = g_strdup (self->params->country);
  result->population_path = g_build_filename (directory, "population.csv", NULL);
  result->key_path = g_build_filename (directory, "answer-key.casecount-key", NULL);
  result->table_path = g_build_filename (directory, "linkage-table.csv", NULL);
  result->schema_path = g_build_filename (directory, "linkage-table.ini", NULL);
  self->tables = cc_practice_tables_new (self->world);
  self->key = cc_practice_out_new (result->key_path, error);
  self->table = self->key != NULL ? cc_practice_out_new (result->table_path, error) : NULL;
  if (self->table == NULL)
    return FALSE;
  cc_practice_key_begin (self->key_text, self->params);
  cc_practice_key_add_agencies (self->key_text, result);
  return open_registers (self, error);
}

/* Counts a part whose rows are written: what truly happened, then what the rows can show. */
static gboolean
count_part (Big *self, GError **error)
{
  g_autoptr (CcPracticeFacts) facts = cc_practice_facts_new_true (self->world);

  self->tables->world = self->world;
  for (guint side = 0; side < 2; side++)
    {
      cc_practice_count_victims (self->tables, facts, side);
      cc_practice_count_justice (self->tables, facts, side);
      cc_practice_facts_free (facts);
      facts = side == 0 ? cc_practice_facts_new_expected (self->world) : NULL;
    }
  cc_practice_key_add_records (self->key_text, self->world, self->result);
  return cc_practice_out_write (self->key, self->key_text, FALSE, error)
         && cc_practice_out_write (self->table, self->table_text, FALSE, error);
}

/* What does not grow with the country. */
static gboolean
write_small_files (Big *self, GError **error)
{
  CcPracticeResult *result = self->result;

  for (guint i = 0; i < result->files->len; i++)
    {
      const CcPracticeFile   *file = result->files->pdata[i];
      const CcPracticeAgency *agency = self->world->agencies->pdata[i];

      if (file->map_path != NULL
          && !g_file_set_contents (file->map_path, agency->kind->map, -1, error))
        return FALSE;
    }
  return g_file_set_contents (result->schema_path, TABLE_SCHEMA, -1, error)
         && cc_practice_write_population (self->world, result->population_path, error);
}

static gboolean
finish_files (Big *self, GError **error)
{
  CcPracticeResult *result = self->result;

  for (guint i = 0; i < self->registers->len; i++)
    if (self->registers->pdata[i] != NULL
        && !cc_practice_register_finish (self->registers->pdata[i],
                                         &((CcPracticeFile *) result->files->pdata[i])->rows,
                                         error))
      return FALSE;
  result->victims = (guint) self->victims;
  result->events = (guint) self->events;
  cc_practice_count_returns (self->tables, 0);
  cc_practice_count_returns (self->tables, 1);
  cc_practice_key_add_counts (self->key_text, result);
  cc_practice_key_add_tables (self->key_text, self->tables);
  return cc_practice_out_write (self->key, self->key_text, TRUE, error)
         && cc_practice_out_write (self->table, self->table_text, TRUE, error)
         && write_small_files (self, error) && cc_practice_out_finish (self->table, error)
         && cc_practice_out_finish (self->key, error);
}

/* Writes a big country; the parameters are in range. */
CcPracticeResult *
cc_practice_generate_big (const CcPracticeParams *params,
                          const char             *directory,
                          CcProgress             *progress,
                          GError                **error)
{
  g_auto (Big) self = { 0 };

  if (!big_init (&self, params, tell_table, &self, progress, error))
    return NULL;
  self.result = g_new0 (CcPracticeResult, 1);
  self.result->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_practice_file_free);
  self.key_text = g_string_new (NULL);
  self.table_text = g_string_new (TABLE_HEADER);
  if (progress != NULL)
    cc_progress_begin (progress, "progress.practice-files", params->records);
  while (!is_done (&self))
    if (!next_part (&self, error)
        || (self.registers->len == 0 && !begin_files (&self, directory, error))
        || !write_part (&self, error) || !count_part (&self, error))
      return NULL;
  return finish_files (&self, error) ? g_steal_pointer (&self.result) : NULL;
}
