/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sent a file, where its words, its headers and earlier deliveries point to different agencies.
 */
#include "import-fixture.h"

#include <cc/intake/cc-guess.h>
#include <cc/intake/cc-profile.h>

#define OTHER_CSV "Sex,Age,Date\nF,20,2023-05-01\nM,30,2023-05-02\n"

/* What a guess needs, kept together. */
typedef struct
{
  CcInspection *inspection;
  GPtrArray    *entities;
  GPtrArray    *submissions;
  CcGuess      *guess;
} Case;

static Case
guess (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = write_csv (fixture, name, text);
  g_autoptr (GPtrArray) profiles = cc_profile_list (fixture->file, NULL);
  GError *error = NULL;
  Case    self = { 0 };

  self.inspection = cc_inspect (pack, path, cc_day_from_ymd (2026, 1, 1), NULL, &error);
  g_assert_no_error (error);
  self.entities = cc_entity_list (fixture->file, &error);
  g_assert_no_error (error);
  self.submissions = cc_submission_list (fixture->file, &error);
  g_assert_no_error (error);
  self.guess = cc_guess_delivery (pack, self.inspection, self.entities, profiles, self.submissions);
  return self;
}

static void
case_clear (Case *self)
{
  cc_guess_free (self->guess);
  cc_inspection_free (self->inspection);
  g_ptr_array_unref (self->entities);
  g_ptr_array_unref (self->submissions);
}

static void
check (Fixture    *fixture,
       const char *name,
       const char *text,
       const char *entity,
       const char *new_name,
       const char *near)
{
  Case self = guess (fixture, name, text);

  g_test_message ("%s", name);
  g_assert_cmpstr (self.guess->entity, ==, entity);
  if (entity == NULL)
    g_assert_cmpstr (self.guess->new_name, ==, new_name);
  g_assert_cmpstr (self.guess->near, ==, near);
  case_clear (&self);
}

static void
add (Fixture *fixture, const char *key, const char *name, const char *type)
{
  GError *error = NULL;

  cc_entity_add (fixture->file, key, name, cc_pack_find_code (pack, "RETYPE", type), &error);
  g_assert_no_error (error);
}

/* The end of a name tells two of one kind apart, however short it is. */
static void
test_short_end (Fixture *fixture, gconstpointer data)
{
  add (fixture, "gs", "Gendarmerie Sud", "POL");
  add (fixture, "ra", "Refuge A", "SHE");
  check (fixture, "gendarmerie_sud_2023.csv", OTHER_CSV, "gs", NULL, NULL);
  check (fixture, "gendarmerie_nord_2023.csv", OTHER_CSV, NULL, "Gendarmerie nord", NULL);
  check (fixture, "refuge_a.csv", OTHER_CSV, "ra", NULL, NULL);
  check (fixture, "refuge_b.csv", OTHER_CSV, NULL, "Refuge b", NULL);
}

/* A slip of the pen in a long word, and none in a short one. */
static void
test_near (Fixture *fixture, gconstpointer data)
{
  add (fixture, "ge", "Gendarmerie Espoir", "POL");
  check (fixture, "gendarmerie-espoire.csv", OTHER_CSV, NULL, "Gendarmerie espoire", "ge");
  check (fixture, "gendarmerie-espace.csv", OTHER_CSV, NULL, "Gendarmerie espace", NULL);
}

static void
test_titles (Fixture *fixture, gconstpointer data)
{
  check (fixture, "liste.csv", "Foyer Espoir - victimes 2023,,\n,,\n" OTHER_CSV, NULL,
         "Foyer Espoir", NULL);
  /* A sentence names nobody, even if it speaks of a kind. */
  check (fixture, "liste.csv", "List of victims who came to a shelter,,\n,,\n" OTHER_CSV, NULL,
         NULL, NULL);
}

/* Many agencies fill in one form: what a file says goes before its headers. */
static void
test_one_form (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "police_2022.csv", referenced_csv);
  g_autofree char *longer =
      g_strconcat (referenced_csv, "V4,A/3,F,31,Ghana,2023-06-07,identified,Forced begging\n",
                   NULL);
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);

  check (fixture, "liste.csv", longer, "police", NULL, NULL);
  check (fixture, "polisi.csv", longer, "police", NULL, NULL);
  check (fixture, "foyer_2023.csv", longer, NULL, "Foyer", NULL);
  check (fixture, "tribunal_2023.csv", longer, "court", NULL, NULL);
  /* The very file is whose it was, whatever it is called now. */
  check (fixture, "foyer_2023.csv", referenced_csv, "police", NULL, NULL);
}

/* What a person said of a file once holds for the next one of that name and form. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "foyer_2022.csv", referenced_csv);
  g_autofree char *longer =
      g_strconcat (referenced_csv, "V4,A/3,F,31,Ghana,2023-06-07,identified,Forced begging\n",
                   NULL);
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);

  check (fixture, "foyer_2023.csv", longer, "police", NULL, NULL);
  check (fixture, "foyer_2023.csv", OTHER_CSV, NULL, "Foyer", NULL);
}

static gboolean
contradicts (Case *self, const char *key)
{
  for (guint i = 0; i < self->entities->len; i++)
    {
      const CcEntity *entity = self->entities->pdata[i];

      if (g_str_equal (entity->key, key))
        return cc_guess_contradicts (self->guess, self->inspection, self->entities,
                                     self->submissions, entity);
    }
  g_assert_not_reached ();
}

static void
test_contradicts (Fixture *fixture, gconstpointer data)
{
  CcEntity nobody = { .name = (char *) "Somebody Else",
                      .type = cc_pack_find_code (pack, "RETYPE", "SHE") };
  Case     named, described, kind, silent;

  named = guess (fixture, "liste.csv", "Police nationale - 2023,,\n,,\n" OTHER_CSV);
  g_assert_cmpstr (named.guess->words, ==, "Police nationale - 2023");
  g_assert_false (contradicts (&named, "police"));
  g_assert_true (contradicts (&named, "court"));
  g_assert_true (cc_guess_contradicts (named.guess, named.inspection, named.entities,
                                       named.submissions, &nobody));
  case_clear (&named);
  described = guess (fixture, "foyer_nord.csv", OTHER_CSV);
  g_assert_cmpstr (described.guess->words, ==, "foyer_nord.csv");
  g_assert_true (contradicts (&described, "court"));
  g_assert_false (cc_guess_contradicts (described.guess, described.inspection, described.entities,
                                        described.submissions, &nobody));
  case_clear (&described);
  kind = guess (fixture, "polisi_2023.csv", OTHER_CSV);
  g_assert_false (contradicts (&kind, "police"));
  g_assert_true (contradicts (&kind, "court"));
  case_clear (&kind);
  silent = guess (fixture, "liste.csv", OTHER_CSV);
  g_assert_false (contradicts (&silent, "court"));
  case_clear (&silent);
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "short-end", test_short_end }, { "near", test_near },   { "titles", test_titles },
    { "one-form", test_one_form },   { "again", test_again }, { "contradicts", test_contradicts },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
