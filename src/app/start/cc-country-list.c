/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-country-list.h"

#include <cc/base/cc-text.h>

#include <string.h>

typedef struct
{
  char *code;
  char *label;
  char *sort_key;
  char *folded;       /* the name in the language */
  char *other_folded; /* its names in the others, and the code, each after a line break */
} Country;

struct _CcCountryList
{
  gatomicrefcount ref_count;
  GPtrArray      *countries;
};

static void
country_free (gpointer data)
{
  Country *self = data;

  g_free (self->code);
  g_free (self->label);
  g_free (self->sort_key);
  g_free (self->folded);
  g_free (self->other_folded);
  g_free (self);
}

static char *
fold_names (CcPack *pack, const CcCode *code)
{
  GString         *names = g_string_new (NULL);
  g_autofree char *folded_code = cc_text_fold (code->code);

  for (guint i = 0; cc_pack_languages[i] != NULL; i++)
    {
      g_autofree char *label = cc_pack_get_code_label (pack, code, cc_pack_languages[i]);
      g_autofree char *folded = cc_text_fold (label);

      g_string_append_printf (names, "\n%s", folded);
    }
  g_string_append_printf (names, "\n%s", folded_code);
  return g_string_free (names, FALSE);
}

static Country *
country_new (CcPack *pack, const CcCode *code, const char *language)
{
  Country *self = g_new0 (Country, 1);

  self->code = g_strdup (code->code);
  self->label = cc_pack_get_code_label (pack, code, language);
  self->folded = cc_text_fold (self->label);
  self->sort_key = g_strconcat (self->folded, "\n", self->code, NULL);
  self->other_folded = fold_names (pack, code);
  return self;
}

static int
compare_countries (gconstpointer a, gconstpointer b)
{
  const Country *first = *(const Country *const *) a;
  const Country *second = *(const Country *const *) b;

  return strcmp (first->sort_key, second->sort_key);
}

/* Countries have a two-letter code; stateless, unknown and the like do not. */
static gboolean
is_country (const CcCode *code)
{
  return g_str_has_prefix (code->attributes, "alpha2=") && code->attributes[7] != ';'
         && code->attributes[7] != '\0';
}

static CcCountryList *
create_list (void)
{
  CcCountryList *self = g_new0 (CcCountryList, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->countries = g_ptr_array_new_with_free_func (country_free);
  return self;
}

CcCountryList *
cc_country_list_new (CcPack *pack, const char *language)
{
  CcCountryList *self;
  GPtrArray     *codes;

  g_return_val_if_fail (pack != NULL && language != NULL, NULL);
  self = create_list ();
  codes = cc_pack_get_list_codes (pack, "COUNTRY");
  for (guint i = 0; i < codes->len; i++)
    if (is_country (g_ptr_array_index (codes, i)))
      g_ptr_array_add (self->countries, country_new (pack, g_ptr_array_index (codes, i), language));
  g_ptr_array_sort (self->countries, compare_countries);
  return self;
}

CcCountryList *
cc_country_list_ref (CcCountryList *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cc_country_list_unref (CcCountryList *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->countries);
  g_free (self);
}

static const Country *
get_country (CcCountryList *self, guint index)
{
  return g_ptr_array_index (self->countries, index);
}

guint
cc_country_list_get_n (CcCountryList *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->countries->len;
}

const char *
cc_country_list_get_code (CcCountryList *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->countries->len, NULL);
  return get_country (self, index)->code;
}

const char *
cc_country_list_get_label (CcCountryList *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->countries->len, NULL);
  return get_country (self, index)->label;
}

const char *
cc_country_list_find_label (CcCountryList *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; code != NULL && i < self->countries->len; i++)
    if (g_str_equal (get_country (self, i)->code, code))
      return get_country (self, i)->label;
  return NULL;
}

static Country *
country_copy (const Country *other)
{
  Country *self = g_new0 (Country, 1);

  self->code = g_strdup (other->code);
  self->label = g_strdup (other->label);
  self->sort_key = g_strdup (other->sort_key);
  self->folded = g_strdup (other->folded);
  self->other_folded = g_strdup (other->other_folded);
  return self;
}

CcCountryList *
cc_country_list_limit (CcCountryList *self, GPtrArray *codes)
{
  CcCountryList *limited;

  g_return_val_if_fail (self != NULL && codes != NULL, NULL);
  limited = create_list ();
  for (guint i = 0; i < self->countries->len; i++)
    if (g_ptr_array_find_with_equal_func (codes, get_country (self, i)->code, g_str_equal, NULL))
      g_ptr_array_add (limited->countries, country_copy (get_country (self, i)));
  return limited;
}

/* 0: no match; smaller is nearer otherwise. */
static guint
rank (const Country *country, const char *text)
{
  g_autofree char *in_word = g_strconcat (" ", text, NULL);
  g_autofree char *in_line = g_strconcat ("\n", text, NULL);

  if (g_str_has_prefix (country->folded, text))
    return 1;
  if (strstr (country->folded, in_word) != NULL)
    return 2;
  if (strstr (country->other_folded, in_line) != NULL)
    return 3;
  return strstr (country->other_folded, in_word) != NULL ? 4 : 0;
}

GArray *
cc_country_list_search (CcCountryList *self, const char *text)
{
  GArray          *found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, found);
  folded = cc_text_fold (text);
  for (guint wanted = 1; wanted <= 4; wanted++)
    for (guint i = 0; i < self->countries->len; i++)
      if (rank (get_country (self, i), folded) == wanted)
        g_array_append_val (found, i);
  return found;
}
