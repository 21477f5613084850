/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-evaluate.h>

#include <string.h>

#include "link-text.h"

/* What is never enough to join two records, among the records of several agencies. */

static CcPack *pack;

static char *
read_agency_sim (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency_sim_dev.csv", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static CcLinkResult *
link_csv (CcLinkCsv *csv)
{
  g_autoptr (GError) error = NULL;
  CcLinkParams  params;
  CcLinkResult *result;

  cc_link_params_init (&params);
  params.accept = 0.99;
  result = cc_link_engine_run (csv->table, &params, NULL, &error);
  g_assert_no_error (error);
  return result;
}

typedef enum
{
  APART,    /* not even the best guess */
  GUESSED,  /* a person must look */
  ACCEPTED, /* joined without one */
} Joined;

/* The columns from surname on, as in agency_sim_dev.csv. */
static const struct
{
  const char *name;
  const char *a;
  const char *b;
  Joined      most;
} probes[] = {
  { "phone", ",,,,,,,,,,,+22462999111", ",,,,,,,,,,,+22462999111", APART },
  { "document", ",,,,,,,,,,Z9988776,", ",,,,,,,,,,Z9988776,", APART },
  { "document-other-names", "Diallo,Moussa,,,,,,,,,Z9988776,", "Okafor,Ngozi,,,,,,,,,Z9988776,",
    APART },
  { "one-name-and-age", ",Xoliswantana,,,,,17,2021-03-04,,,,",
    ",Xoliswantana,,,,,17,2021-04-04,,,,", GUESSED },
  { "other-sex", "Zwelinzima,Xoliswantana,,,M,1987-04-28,,,,,,",
    "Zwelinzima,Xoliswantana,,,F,1987-04-28,,,,,,", GUESSED },
  { "other-birth", "Zwelinzima,Xoliswantana,,,M,1987-04-28,,,,Labe,,",
    "Zwelinzima,Xoliswantana,,,M,2006-04-28,,,,Labe,,", GUESSED },
  { "names-and-birth", "Zwelinzima,Xoliswantana,,,M,1987-04-28,,,,Labe,,",
    "Zwelinzima,Xoliswantana,,,M,1987-04-28,,,,Labe,,", ACCEPTED },
};

static void
test_probe (gconstpointer data)
{
  const guint      i = GPOINTER_TO_UINT (data);
  g_autofree char *text = read_agency_sim ();
  g_autofree char *with = g_strdup_printf ("%s\nHOT,PA,%s,PA\nPOL,PB,%s,PB\n", g_strchomp (text),
                                           probes[i].a, probes[i].b);
  g_autoptr (CcLinkCsv) csv = link_text_load (pack, with);
  g_autoptr (CcLinkResult) result = link_csv (csv);
  const guint a = result->n_records - 2;
  const guint b = result->n_records - 1;

  g_assert_cmpstr (csv->ids->pdata[b], ==, "PB");
  if (probes[i].most == APART)
    g_assert_cmpuint (result->cluster_of[a], !=, result->cluster_of[b]);
  if (probes[i].most == ACCEPTED)
    g_assert_cmpuint (result->accept_of[a], ==, result->accept_of[b]);
  else
    g_assert_cmpuint (result->accept_of[a], !=, result->accept_of[b]);
}

/* Where all names are equal, the commonest name must not become the strongest sign. */
static void
test_all_names_equal (void)
{
  g_autofree char *text = read_agency_sim ();
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_autoptr (GString) equal = g_string_new (lines[0]);
  g_autoptr (CcLinkCsv) csv = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  CcLinkEvaluation e;

  for (guint i = 1; lines[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, 15);
      for (guint k = 2; k < 4; k++)
        {
          g_free (cells[k]);
          cells[k] = g_strdup (k == 2 ? "Diallo" : "Fatoumata");
        }
      {
        g_autofree char *line = g_strjoinv (",", cells);

        g_string_append_printf (equal, "\n%s", line);
      }
    }
  csv = link_text_load (pack, equal->str);
  result = link_csv (csv);
  cc_link_evaluate (csv->table, result, csv->truth, &e);
  g_test_message ("precision %.4f of %" G_GUINT64_FORMAT
                  " pairs, largest %u, accepted %.4f of %" G_GUINT64_FORMAT,
                  e.clusters.precision, e.clusters.found, e.largest, e.accepted.precision,
                  e.accepted.found);
  g_assert_cmpuint (e.largest, <=, 10);
  g_assert_cmpfloat (e.clusters.precision, >=, 0.95);
  g_assert_cmpfloat (e.accepted.precision, >=, 0.98);
  g_assert_cmpuint (e.accepted.found, >, 100);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      g_autofree char *path = g_strconcat ("/linkage/limits/", probes[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_probe);
    }
  g_test_add_func ("/linkage/limits/all-names-equal", test_all_names_equal);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
