/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-texts.h>

#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>
#include <cc/model/cc-pack.h>

#include <math.h>
#include <stdarg.h>
#include <string.h>

#define N_LANGUAGES 6

struct _CcTexts
{
  gatomicrefcount ref_count;
  GHashTable     *texts; /* key -> char *[N_LANGUAGES] */
};

static void
free_text (gpointer data)
{
  char **text = data;

  for (guint i = 0; i < N_LANGUAGES; i++)
    g_free (text[i]);
  g_free (text);
}

static int
language_index (const char *language)
{
  for (int i = 0; cc_pack_languages[i]; i++)
    if (strncmp (language, cc_pack_languages[i], 2) == 0 && !g_ascii_isalpha (language[2]))
      return i;
  return 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of a text's placeholders, sorted, each once. */
static GPtrArray *
collect_placeholders (const char *text)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (const char *open = strchr (text, '{'); open; open = strchr (open + 1, '{'))
    {
      const char *close = strchr (open, '}');

      if (close)
        {
          g_autofree char *name = g_strndup (open + 1, close - open - 1);

          if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            g_ptr_array_add (names, g_steal_pointer (&name));
        }
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* The placeholders as one string: every language must name the same ones. */
static char *
list_placeholders (const char *text)
{
  g_autoptr (GPtrArray) names = collect_placeholders (text);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (list, "{%s}", (char *) names->pdata[i]);
  return g_string_free (list, FALSE);
}

static gboolean
check_placeholders (CcCsvTable *table, guint row, char **text, const char *key, GError **error)
{
  g_autofree char *wanted = list_placeholders (text[0]);
  /* A plural form for one, two or none may leave the number out. */
  gboolean may_lack_count = strchr (key, '|') != NULL;

  for (guint i = 1; i < N_LANGUAGES; i++)
    {
      g_autofree char *found = list_placeholders (text[i]);

      if (!may_lack_count && !g_str_equal (wanted, found))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: the text “%s” names %s in English and %s in %s.",
                       cc_csv_table_get_name (table), cc_csv_table_get_line (table, row), key,
                       wanted, found, cc_pack_languages[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
add_text (CcTexts *self, CcCsvTable *table, guint row, GError **error)
{
  const char *key = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "key"));
  char      **text;

  if (g_hash_table_contains (self->texts, key))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: the text “%s” stands twice.", cc_csv_table_get_name (table),
                   cc_csv_table_get_line (table, row), key);
      return FALSE;
    }
  text = g_new0 (char *, N_LANGUAGES);
  g_hash_table_insert (self->texts, g_strdup (key), text);
  for (guint i = 0; i < N_LANGUAGES; i++)
    {
      text[i] = g_strdup (
          cc_csv_table_get (table, row, cc_csv_table_find_column (table, cc_pack_languages[i])));
      if (!*text[i])
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: the text “%s” is missing in %s.",
                       cc_csv_table_get_name (table), cc_csv_table_get_line (table, row), key,
                       cc_pack_languages[i]);
          return FALSE;
        }
    }
  return check_placeholders (table, row, text, key, error);
}

static gboolean
load_file (CcTexts *self, const char *path, GError **error)
{
  const char *const columns[] = { "key", "en", "fr", "pt", "es", "ar", "sw", NULL };
  g_autoptr (CcCsvTable) table = cc_csv_table_load (path, error);

  if (!table || !cc_csv_table_require (table, columns, error))
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_text (self, table, row, error))
      return FALSE;
  return TRUE;
}

/**
 * cc_texts_load:
 * @directory: a folder of CSV files with the columns key, en, fr, pt, es, ar, sw
 *
 * A text with plural forms has one row per form, its key followed by |zero, |one, |two, |few or
 * |many; the row without is the form for all other numbers.
 *
 * Returns: (transfer full): the texts, or %NULL with an error that names file and line
 */
CcTexts *
cc_texts_load (const char *directory, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (CcTexts) self = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (directory != NULL, NULL);

  dir = g_dir_open (directory, 0, error);
  if (!dir)
    return NULL;
  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".csv"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  self = g_new0 (CcTexts, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_text);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (directory, names->pdata[i], NULL);

      if (!load_file (self, path, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * cc_texts_load_default:
 *
 * Returns: (transfer full): the texts that Casecount ships
 */
CcTexts *
cc_texts_load_default (GError **error)
{
  g_autofree char *directory = cc_data_dir_build ("texts", NULL);

  return cc_texts_load (directory, error);
}

/**
 * cc_texts_ref:
 *
 * Returns: (transfer full): the texts
 */
CcTexts *
cc_texts_ref (CcTexts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cc_texts_unref:
 */
void
cc_texts_unref (CcTexts *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->texts);
  g_free (self);
}

/**
 * cc_texts_has:
 *
 * Returns: whether there is a text of that key
 */
gboolean
cc_texts_has (CcTexts *self, const char *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  return g_hash_table_contains (self->texts, key);
}

/* The names, without the array that held them. */
static char **
end_names (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * cc_texts_list_keys:
 *
 * Returns: (transfer full): the keys of all texts, sorted; those of plural forms are not among them
 */
char **
cc_texts_list_keys (CcTexts *self)
{
  GPtrArray     *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       key;

  g_return_val_if_fail (self != NULL, end_names (keys));

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!strchr (key, '|'))
      g_ptr_array_add (keys, g_strdup (key));
  g_ptr_array_sort (keys, compare_names);
  return end_names (keys);
}

/**
 * cc_texts_list_placeholders:
 *
 * Returns: (transfer full): the names that stand between { and } in the text, sorted; they are the
 * same in every language. None where there is no such text
 */
char **
cc_texts_list_placeholders (CcTexts *self, const char *key)
{
  char **text;

  g_return_val_if_fail (self != NULL && key != NULL, end_names (g_ptr_array_new ()));

  text = g_hash_table_lookup (self->texts, key);
  return end_names (text ? collect_placeholders (text[0]) : g_ptr_array_new ());
}

/**
 * cc_texts_get:
 * @language: English where it is none of the six
 *
 * Returns: the text with its placeholders as they stand; @key where there is no such text
 */
const char *
cc_texts_get (CcTexts *self, const char *key, const char *language)
{
  char **text;

  g_return_val_if_fail (self && key && language, NULL);

  text = g_hash_table_lookup (self->texts, key);
  return text ? text[language_index (language)] : key;
}

static char *
fill_placeholders (const char *text, GHashTable *values)
{
  GString *result = g_string_sized_new (strlen (text) + 32);

  for (const char *p = text; *p;)
    {
      const char *close = *p == '{' ? strchr (p, '}') : NULL;

      if (close)
        {
          g_autofree char *name = g_strndup (p + 1, close - p - 1);
          const char      *value = g_hash_table_lookup (values, name);

          if (value)
            {
              g_string_append (result, value);
              p = close + 1;
              continue;
            }
        }
      g_string_append_c (result, *p++);
    }
  return g_string_free (result, FALSE);
}

/**
 * cc_texts_fill:
 * @language: English where it is none of the six
 * @values: (element-type utf8 utf8): names of placeholders and their texts; borrowed. Placeholders
 * that are not among them stay as they stand
 *
 * For sentences of which a file names the key, as a check of a questionnaire does.
 *
 * Returns: (transfer full): the text with its placeholders filled; @key where there is no such text
 */
char *
cc_texts_fill (CcTexts *self, const char *key, const char *language, GHashTable *values)
{
  g_return_val_if_fail (self && key && language && values, NULL);

  return fill_placeholders (cc_texts_get (self, key, language), values);
}

static void
collect_values (GHashTable *values, va_list list)
{
  for (const char *name = va_arg (list, const char *); name; name = va_arg (list, const char *))
    g_hash_table_insert (values, (gpointer) name, (gpointer) va_arg (list, const char *));
}

/**
 * cc_texts_format:
 * @...: names of placeholders, each followed by its text, ended by %NULL
 *
 * Returns: (transfer full): the text with its placeholders filled
 */
char *
cc_texts_format (CcTexts *self, const char *key, const char *language, ...)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  va_list list;

  g_return_val_if_fail (self && key && language, NULL);

  va_start (list, language);
  collect_values (values, list);
  va_end (list);
  return fill_placeholders (cc_texts_get (self, key, language), values);
}

/* Plural categories by the Unicode CLDR rules for our six languages. */
static const char *
plural_form (const char *language, gint64 count)
{
  gint64 rest = count % 100;

  switch (language_index (language))
    {
    case 1: /* French and Portuguese count 0 as singular */
    case 2:
      return count == 0 || count == 1 ? "one" : "";
    case 4: /* Arabic */
      if (count == 0)
        return "zero";
      if (count <= 2)
        return count == 1 ? "one" : "two";
      if (rest >= 3 && rest <= 10)
        return "few";
      return rest >= 11 ? "many" : "";
    default:
      return count == 1 ? "one" : "";
    }
}

/**
 * cc_texts_format_count:
 * @count: decides the plural form and fills {count}
 * @...: names of further placeholders, each followed by its text, ended by %NULL
 *
 * Returns: (transfer full): the text in the right plural form
 */
char *
cc_texts_format_count (CcTexts *self, const char *key, const char *language, gint64 count, ...)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *number = NULL;
  g_autofree char *form_key = NULL;
  va_list          list;

  g_return_val_if_fail (self && key && language, NULL);

  number = cc_texts_number (self, language, (double) count, 0);
  g_hash_table_insert (values, (gpointer) "count", number);
  va_start (list, count);
  collect_values (values, list);
  va_end (list);
  form_key = g_strdup_printf ("%s|%s", key, plural_form (language, count));
  return fill_placeholders (cc_texts_get (self, cc_texts_has (self, form_key) ? form_key : key,
                                          language),
                            values);
}

/**
 * cc_texts_number:
 * @decimals: digits after the decimal sign, at most 6
 *
 * Formats by our own table (the texts number.group and number.decimal), because the C library's
 * locales differ between machines. Digits are Western in every language.
 *
 * Returns: (transfer full): the number
 */
char *
cc_texts_number (CcTexts *self, const char *language, double value, int decimals)
{
  const char *group = cc_texts_get (self, "number.group", language);
  const char *point = cc_texts_get (self, "number.decimal", language);
  char        digits[64];
  GString    *result = g_string_new (value < 0 ? "-" : "");
  char       *dot;
  gsize       n_whole;

  g_return_val_if_fail (self && language && decimals >= 0 && decimals <= 6, NULL);

  /* g_ascii_formatd is independent of the locale; double keeps whole numbers up to 2^53 exact. */
  {
    g_autofree char *format = g_strdup_printf ("%%.%df", decimals);

    g_ascii_formatd (digits, sizeof digits, format, fabs (value));
  }
  dot = strchr (digits, '.');
  n_whole = dot ? (gsize) (dot - digits) : strlen (digits);
  for (gsize i = 0; i < n_whole; i++)
    {
      if (i > 0 && (n_whole - i) % 3 == 0)
        g_string_append (result, group);
      g_string_append_c (result, digits[i]);
    }
  if (dot)
    {
      g_string_append (result, point);
      g_string_append (result, dot + 1);
    }
  return g_string_free (result, FALSE);
}

/**
 * cc_texts_date:
 *
 * Returns: (transfer full): the day written out ("17 March 2024"), by the text date.day
 */
char *
cc_texts_date (CcTexts *self, const char *language, CcDay day)
{
  int              year, month, mday;
  g_autofree char *month_key = NULL;
  g_autofree char *year_text = NULL;
  g_autofree char *day_text = NULL;

  g_return_val_if_fail (self && language, NULL);

  if (day == CC_DAY_NONE)
    return g_strdup ("");
  cc_day_to_ymd (day, &year, &month, &mday);
  month_key = g_strdup_printf ("month.%d", month);
  year_text = g_strdup_printf ("%d", year);
  day_text = g_strdup_printf ("%d", mday);
  return cc_texts_format (self, "date.day", language, "day", day_text, "month",
                          cc_texts_get (self, month_key, language), "year", year_text, NULL);
}

/**
 * cc_texts_is_rtl:
 *
 * Returns: whether the language runs from right to left
 */
gboolean
cc_texts_is_rtl (const char *language)
{
  g_return_val_if_fail (language != NULL, FALSE);

  return g_str_has_prefix (language, "ar");
}
