/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-csv.h>
#include <cc/linkage/cc-link-fill.h>

#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>
#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum
{
  ROLE_GIVEN,
  ROLE_FAMILY,
  ROLE_FULLNAME,
  ROLE_ALIAS,
  ROLE_FATHER,
  ROLE_SEX,
  ROLE_BIRTH_DATE,
  ROLE_BIRTH_YEAR,
  ROLE_BIRTH_MONTH,
  ROLE_BIRTH_DAY,
  ROLE_AGE,
  ROLE_AGE_DATE,
  ROLE_CITIZENSHIP,
  ROLE_PLACE,
  ROLE_DOCUMENT,
  ROLE_PHONE,
  ROLE_EMAIL,
  ROLE_SOURCE,
  ROLE_ID,
  ROLE_OTHER,
  N_ROLES,
} Role;

static const char *const role_names[N_ROLES] = {
  "given",      "family",      "fullname",  "alias",  "father",   "sex",         "birth-date",
  "birth-year", "birth-month", "birth-day", "age",    "age-date", "citizenship", "place",
  "document",   "phone",       "email",     "source", "id",       "other"
};

typedef struct
{
  Role  role;
  char *header;
  guint column; /* of the table, for OTHER */
} Binding;

static void
clear_binding (gpointer data)
{
  g_free (((Binding *) data)->header);
}

static int
find_role (const char *text, gsize length)
{
  for (int i = 0; i < N_ROLES; i++)
    {
      gsize n = strlen (role_names[i]);

      if (strncmp (text, role_names[i], n) == 0
          && (n == length || (i == ROLE_OTHER && text[n] == '(')))
        return i;
    }
  return -1;
}

static gboolean
read_binding (CcKeyFile *schema, const char *key, GArray *bindings, GError **error)
{
  const char *value = cc_key_file_get (schema, "columns", key);
  const char *dot = strchr (key, '.');
  int         role = value && *value ? find_role (value, strlen (value)) : -1;
  Binding     binding = { 0 };

  if (role >= 0)
    binding.header = g_strdup (key);
  else if (dot && (role = find_role (key, (gsize) (dot - key))) >= 0)
    binding.header = g_strdup (dot + 1);
  else
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: “%s” names no role of a column. Roles are given, family, "
                   "fullname, alias, father, sex, birth-date, birth-year, birth-month, birth-day, "
                   "age, age-date, "
                   "citizenship, place, document, phone, email, source, id and other.",
                   cc_key_file_get_name (schema), cc_key_file_get_line (schema, "columns", key),
                   key);
      return FALSE;
    }
  binding.role = (Role) role;
  g_array_append_val (bindings, binding);
  return TRUE;
}

static GArray *
read_schema (const char *path, CcLinkFill *fill, GError **error)
{
  g_autoptr (CcKeyFile) schema = cc_key_file_load (path, error);
  g_autoptr (GArray) bindings = NULL;
  guint n_other = 0;

  if (!schema)
    return NULL;
  bindings = g_array_new (FALSE, TRUE, sizeof (Binding));
  g_array_set_clear_func (bindings, clear_binding);
  for (guint i = 0; i < cc_key_file_get_n_keys (schema, "columns"); i++)
    if (!read_binding (schema, cc_key_file_get_key (schema, "columns", i), bindings, error))
      return NULL;
  for (guint i = 0; i < bindings->len; i++)
    {
      Binding *binding = &g_array_index (bindings, Binding, i);

      if (binding->role != ROLE_OTHER)
        continue;
      /* Five columns of the table are taken by the filler. */
      if (++n_other > CC_LINK_MAX_COLUMNS - 5)
        {
          g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                       "%s names more than %d columns as “other”. Please leave some out.", path,
                       CC_LINK_MAX_COLUMNS - 5);
          return NULL;
        }
      binding->column = cc_link_fill_add_column (fill, binding->header);
    }
  return g_steal_pointer (&bindings);
}

/* A day or month that there is not leaves what stands before it: who slipped in one part of a date
 * wrote the others as well as anybody. */
static CcInterval
interval_of (int year, int month, int day)
{
  if (year < 1800 || year > 2200)
    return CC_INTERVAL_UNKNOWN;
  if (month < 1 || month > 12)
    return cc_interval_year (year);
  return day < 1 || day > 31 ? cc_interval_month (year, month)
                             : cc_interval_day (cc_day_from_ymd (year, month, day));
}

/* ISO, day/month/year, month/year, a year, or YYYYMMDD; unknown where the parts are no date. */
static CcInterval
read_date (const char *text)
{
  g_autofree char *digits = g_strcanon (g_strdup (text), "0123456789", ' ');
  int              a = 0;
  int              b = 0;
  int              c = 0;
  int              n = sscanf (digits, "%8d %4d %4d", &a, &b, &c);

  if (n == 1 && a > 9999)
    return interval_of (a / 10000, a / 100 % 100, a % 100);
  if (n == 1)
    return interval_of (a, 0, 0);
  if (n == 2)
    return a > 31 ? interval_of (a, b, 0) : interval_of (b, a, 0);
  if (n == 3)
    return a > 31 ? interval_of (a, b, c) : interval_of (c, b, a);
  return CC_INTERVAL_UNKNOWN;
}

typedef struct
{
  CcPack     *pack;
  CcLinkFill *fill;
  GHashTable *sources; /* text -> number */
  GHashTable *truths;  /* text -> number from 1 */
  GArray     *truth;   /* guint32 */
  CcLinkCsv  *result;
} Reader;

/* What a row says of the birth: a date wins over a year, a year over an age. */
typedef struct
{
  CcInterval  birth;
  int         year;
  int         month;
  int         day;
  CcInterval  age_day;
  int         age_min;
  int         age_max;
  gboolean    has_family;
  const char *source;
  const char *id;
} RowFacts;

static void
fill_names (Reader *self, const Binding *binding, const char *text, const RowFacts *facts)
{
  static const CcLinkName names[] = {
    [ROLE_FAMILY] = CC_LINK_NAME_FAMILY,
    [ROLE_FULLNAME] = CC_LINK_NAME_FULL,
    [ROLE_ALIAS] = CC_LINK_NAME_ALIAS,
    [ROLE_FATHER] = CC_LINK_NAME_FATHER,
  };

  if (binding->role == ROLE_GIVEN)
    cc_link_fill_add_name (self->fill, facts->has_family ? CC_LINK_NAME_GIVEN : CC_LINK_NAME_FULL,
                           text);
  else
    cc_link_fill_add_name (self->fill, names[binding->role], text);
}

/* 0 where the text is no number of a date. */
static int
read_number (const char *text)
{
  guint64 number = g_ascii_strtoull (text, NULL, 10);

  return number < 10000 ? (int) number : 0;
}

static void
note_fact (const Binding *binding, const char *text, RowFacts *facts)
{
  switch (binding->role)
    {
    case ROLE_FAMILY:
      facts->has_family |= *text != '\0';
      break;
    case ROLE_BIRTH_DATE:
      facts->birth = read_date (text);
      break;
    case ROLE_BIRTH_YEAR:
      facts->year = read_number (text);
      break;
    case ROLE_BIRTH_MONTH:
      facts->month = read_number (text);
      break;
    case ROLE_BIRTH_DAY:
      facts->day = read_number (text);
      break;
    case ROLE_AGE:
      if (sscanf (text, "%3d-%3d", &facts->age_min, &facts->age_max) < 2)
        facts->age_max = facts->age_min;
      break;
    case ROLE_AGE_DATE:
      facts->age_day = read_date (text);
      break;
    case ROLE_SOURCE:
      facts->source = text;
      break;
    case ROLE_ID:
      facts->id = text;
      break;
    default:
      break;
    }
}

/* A word for the people of several countries says nothing: that it differs from the code of one of
 * them is no sign of two people. */
static void
fill_citizenship (Reader *self, const char *text)
{
  const CcCode *code = cc_pack_match_value (self->pack, "COUNTRY", text, NULL);

  if (code || !cc_pack_find_country_trap (self->pack, text))
    cc_link_fill_set_citizenship (self->fill, code ? code->code : text);
}

static void
fill_value (Reader *self, const Binding *binding, const char *text)
{

  switch (binding->role)
    {
    case ROLE_SEX:
      cc_link_fill_set_sex (self->fill, cc_pack_match_value (self->pack, "SEX", text, NULL));
      break;
    case ROLE_CITIZENSHIP:
      fill_citizenship (self, text);
      break;
    case ROLE_PLACE:
      cc_link_fill_set_place (self->fill, text);
      break;
    case ROLE_DOCUMENT:
      cc_link_fill_set_document (self->fill, text);
      break;
    case ROLE_PHONE:
      cc_link_fill_set_phone (self->fill, text);
      break;
    case ROLE_EMAIL:
      cc_link_fill_set_email (self->fill, text);
      break;
    case ROLE_OTHER:
      cc_link_fill_set_text (self->fill, binding->column, text);
      break;
    default:
      break;
    }
}

static guint
number_of (GHashTable *numbers, const char *text)
{
  gpointer found = g_hash_table_lookup (numbers, text);

  if (!found)
    {
      found = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (text), found);
    }
  return GPOINTER_TO_UINT (found);
}

/* What tells two records apart that say the same: their source and its number, whatever the row. */
static gint64
make_id (const char *source, const char *id)
{
  return (gint64) ((guint64) g_str_hash (source) << 32) | g_str_hash (id != NULL ? id : "");
}

static void
read_row (Reader *self, CcCsvTable *csv, guint row, GArray *bindings, const char *truth_column)
{
  RowFacts         facts = { .birth = CC_INTERVAL_UNKNOWN,
                             .age_day = CC_INTERVAL_UNKNOWN,
                             .age_min = -1,
                             .age_max = -1 };
  g_autofree char *name = g_path_get_basename (cc_csv_table_get_name (csv));
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < bindings->len; i++)
    {
      const Binding *binding = &g_array_index (bindings, Binding, i);
      int            column = cc_csv_table_find_column (csv, binding->header);

      g_ptr_array_add (cells, column < 0
                                  ? g_strdup ("")
                                  : g_strstrip (g_strdup (cc_csv_table_get (csv, row, column))));
      note_fact (binding, cells->pdata[i], &facts);
    }
  if (!facts.source)
    facts.source = name;
  cc_link_fill_add_record (self->fill, make_id (facts.source, facts.id));
  for (guint i = 0; i < bindings->len; i++)
    {
      const Binding *binding = &g_array_index (bindings, Binding, i);

      if (*(const char *) cells->pdata[i] == '\0')
        continue;
      if (binding->role <= ROLE_FATHER)
        fill_names (self, binding, cells->pdata[i], &facts);
      else
        fill_value (self, binding, cells->pdata[i]);
    }
  if (cc_interval_is_known (facts.birth))
    cc_link_fill_set_birth (self->fill, facts.birth);
  else if (facts.year > 0)
    cc_link_fill_set_birth (self->fill, interval_of (facts.year, facts.month, facts.day));
  else
    cc_link_fill_set_age (self->fill, facts.age_min, facts.age_max, facts.age_day);
  cc_link_fill_set_source (self->fill, number_of (self->sources, facts.source), 0, 0, NULL);
  g_ptr_array_add (self->result->sources, g_strdup (facts.source));
  g_ptr_array_add (self->result->ids, facts.id && *facts.id
                                          ? g_strdup (facts.id)
                                          : g_strdup_printf ("%u", self->result->ids->len + 1));
  if (truth_column)
    {
      guint32 truth =
          number_of (self->truths,
                     cc_csv_table_get (csv, row, cc_csv_table_find_column (csv, truth_column)))
          - 1;

      g_array_append_val (self->truth, truth);
    }
}

static gboolean
read_file (Reader     *self,
           const char *path,
           GArray     *bindings,
           const char *truth_column,
           GError    **error)
{
  g_autoptr (CcCsvTable) csv = cc_csv_table_load (path, error);
  gboolean any = FALSE;

  if (!csv)
    return FALSE;
  for (guint i = 0; i < bindings->len; i++)
    any |= cc_csv_table_find_column (csv, g_array_index (bindings, Binding, i).header) >= 0;
  if (!any || (truth_column && cc_csv_table_find_column (csv, truth_column) < 0))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "%s has none of the columns that the schema names, or not the column with the "
                   "truth. Please compare the schema's headers with the first line of the file.",
                   path);
      return FALSE;
    }
  for (guint row = 0; row < cc_csv_table_get_n_rows (csv); row++)
    read_row (self, csv, row, bindings, truth_column);
  return TRUE;
}

/**
 * cc_link_csv_load:
 * @paths: (array zero-terminated=1): CSV files with a header line each
 * @schema: path of the schema
 * @truth_column: (nullable): the header whose cells name the true entity
 *
 * Returns: (transfer full): the records of all files in their order, or %NULL
 */
CcLinkCsv *
cc_link_csv_load (CcPack            *pack,
                  const char *const *paths,
                  const char        *schema,
                  const char        *truth_column,
                  GError           **error)
{
  g_autoptr (CcLinkCsv) result = g_new0 (CcLinkCsv, 1);
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (GHashTable) sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) truths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) truth = g_array_new (FALSE, TRUE, sizeof (guint32));
  g_autoptr (GArray) bindings = NULL;
  Reader reader = { pack, fill, sources, truths, truth, result };

  result->ids = g_ptr_array_new_with_free_func (g_free);
  result->sources = g_ptr_array_new_with_free_func (g_free);
  bindings = read_schema (schema, fill, error);
  if (!bindings)
    return NULL;
  for (guint i = 0; paths[i]; i++)
    if (!read_file (&reader, paths[i], bindings, truth_column, error))
      return NULL;
  result->table = cc_link_fill_finish (fill);
  if (truth_column)
    result->truth = (guint32 *) g_array_free (g_steal_pointer (&truth), FALSE);
  return g_steal_pointer (&result);
}

/**
 * cc_link_csv_free:
 */
void
cc_link_csv_free (CcLinkCsv *self)
{
  if (!self)
    return;
  cc_link_table_free (self->table);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->sources);
  g_free (self->truth);
  g_free (self);
}
