/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-engine.h>

#include "link-text.h"

/* Two records with one family name, day of birth, father and place, but different given names:
 * twins where the file holds families, one person where nobody else shares so much. */

#define PERSONS 300

static CcPack *pack;

/* A word for a number: no two are alike. */
static char *
make_word (guint n, guint salt)
{
  static const char *const syllables[] = { "ba", "do", "fi", "gu", "ka", "le", "mo", "ni",
                                           "pa", "ro", "su", "ta", "vi", "wo", "ze", "ru" };
  guint                    mixed = (n * 2654435761u + salt * 40503u) ^ salt << 7;

  return g_strdup_printf ("%s%s%s%s", syllables[mixed >> 4 & 15], syllables[mixed >> 11 & 15],
                          syllables[mixed >> 19 & 15], syllables[mixed >> 26 & 15]);
}

static void
append_record (GString *text, guint person, const char *given, guint year, guint record)
{
  g_autofree char *family = make_word (person, 1);
  g_autofree char *father = make_word (person, 3);
  g_autofree char *place = make_word (person % 40, 4);

  g_string_append_printf (text, "A%u,R%u,%s,%s,,%s,,%04u-%02u-%02u,,,,%s,,,%u\n", record % 2,
                          text->len > 0 ? (guint) text->len : 0, family, given, father, year,
                          person % 12 + 1, person % 27 + 1, place, person);
}

/* Persons of two records each; siblings: each has a brother or sister, three years younger. The
 * last two records are the pair in question. */
static void
link_persons (gboolean siblings, gboolean *guessed, gboolean *accepted)
{
  g_autoptr (GString) text = g_string_new ("agency,record_no,surname,given_names,alias,father_name,"
                                           "sex,birth_date,age,contact_date,nationality,"
                                           "birth_place,document_no,phone,entity_id\n");
  g_autoptr (CcLinkCsv) csv = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CcLinkParams params;
  guint        last;

  for (guint i = 0; i < PERSONS; i++)
    {
      g_autofree char *given = make_word (i, 2);
      g_autofree char *other = make_word (i, 5);

      for (guint k = 0; k < 2; k++)
        append_record (text, i, given, 1960 + i % 40, k);
      for (guint k = 0; siblings && k < 2; k++)
        append_record (text, i, other, 1963 + i % 40, k);
    }
  append_record (text, PERSONS, "Alimatou", 1988, 0);
  append_record (text, PERSONS, "Bintou", 1988, 1);
  csv = link_text_load (pack, text->str);
  cc_link_params_init (&params);
  params.accept = 0.9;
  result = cc_link_engine_run (csv->table, &params, NULL, &error);
  g_assert_no_error (error);
  last = result->n_records - 1;
  *guessed = result->cluster_of[last] == result->cluster_of[last - 1];
  *accepted = result->accept_of[last] == result->accept_of[last - 1];
}

static void
test_families (void)
{
  gboolean guessed;
  gboolean accepted;

  link_persons (TRUE, &guessed, &accepted);
  g_assert_false (guessed);
  g_assert_false (accepted);
}

/* A person must look all the same. */
static void
test_none (void)
{
  gboolean guessed;
  gboolean accepted;

  link_persons (FALSE, &guessed, &accepted);
  g_assert_true (guessed);
  g_assert_false (accepted);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/linkage/families/shown", test_families);
  g_test_add_func ("/linkage/families/none", test_none);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
