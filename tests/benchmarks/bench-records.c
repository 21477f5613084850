/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-record-list.h>

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Measures the list of records: reading the table of a unit, finding, ordering, and the rows of a
 * screen, in a file of invented victims. The bars: the list in 300 ms, a screen of 50 rows in 10.
 *
 * bench-records [victims [rounds [FILE]]]   FILE is kept, for trying the window with it */

#define PASSPHRASE "a passphrase"
#define N_AGENCIES 12
#define N_CHUNK    5000

static void
die (const char *what, GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

typedef struct
{
  guint   first, n;
  gint64  agencies[N_AGENCIES];
  gint64  deliveries[N_AGENCIES];
  guint32 random;
} Chunk;

static guint
pick (Chunk *chunk, guint n)
{
  chunk->random = chunk->random * 1664525u + 1013904223u;
  return (chunk->random >> 16) % n;
}

static void
add_code (CcRecord *record, CcPack *pack, const char *id, const char *code)
{
  const CcVariable *variable = cc_pack_find_variable (pack, id);

  cc_record_add (record, variable)->code = cc_pack_find_code (pack, variable->list, code);
}

static void
add_text (CcRecord *record, CcPack *pack, const char *id, const char *text)
{
  cc_record_add (record, cc_pack_find_variable (pack, id))->text = g_strdup (text);
}

static CcRecord *
create (CcPack *pack, const char *unit, guint number, guint8 kind)
{
  CcRecord *record = cc_record_new (cc_pack_find_unit (pack, unit));

  for (guint i = 0; i < 4; i++)
    {
      record->uuid[i] = (guint8) (number * 2654435761u >> (8 * i));
      record->uuid[8 + i] = (guint8) (number >> (8 * i));
    }
  record->uuid[4] = kind;
  return record;
}

static CcRecord *
create_victim (Chunk *chunk, CcPack *pack, guint number, CcDay day)
{
  static const char *const families[] = { "Diallo",       "Mensah", "Traor\303\251", "Okafor",
                                          "Tour\303\251", "Ba",     "Koffi",         "Haddad" };
  static const char *const givens[] = { "Awa", "Kofi", "Moussa", "Marie", "Fatou", "Amina" };
  CcRecord                *record = create (pack, "victim", number, 1);
  CcValue                 *value;
  g_autofree char         *own = g_strdup_printf ("V-%06u", number);
  g_autofree char         *family =
      g_strdup_printf ("%s%c", families[pick (chunk, 8)], 'a' + (char) pick (chunk, 26));

  add_code (record, pack, "VI03", pick (chunk, 4) == 0 ? "M" : "F");
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI19"));
  value->date = cc_interval_day (day);
  if (pick (chunk, 10) != 0)
    {
      value = cc_record_add (record, cc_pack_find_variable (pack, "VI06"));
      value->age_min = value->age_max = 5 + (int) pick (chunk, 50);
    }
  add_text (record, pack, "X_VI_ID_FAMILY", family);
  add_text (record, pack, "X_VI_ID_GIVEN", givens[pick (chunk, 6)]);
  add_text (record, pack, "X_VI_ID_AGENCYREF", own);
  if (pick (chunk, 3) == 0)
    add_text (record, pack, "X_VI_ID_FATHER", givens[pick (chunk, 6)]);
  return record;
}

static gboolean
put (CcAct *act, CcRecord *record, const Chunk *chunk, guint agency, GError **error)
{
  CcPutResult result;

  return cc_act_put_record (act, record, chunk->agencies[agency], chunk->deliveries[agency], 0,
                            &result, error);
}

static gboolean
add_chunk (CcAct *act, gpointer data, GError **error)
{
  Chunk  *chunk = data;
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  for (guint i = 0; i < chunk->n; i++)
    {
      const guint number = chunk->first + i;
      const guint agency = pick (chunk, N_AGENCIES);
      const CcDay day = cc_day_from_ymd (2019, 1, 1) + (CcDay) pick (chunk, 2190);
      g_autoptr (CcRecord) victim = create_victim (chunk, pack, number, day);
      g_autoptr (CcRecord) status = create (pack, "status_decision", number, 2);
      g_autoptr (CcRecord) link = create (pack, "victim_event", number, 3);
      g_autoptr (CcRecord) event = create (pack, "event", number / 3, 4);
      g_autofree char *case_number = g_strdup_printf ("C/%u", number / 3);

      add_text (event, pack, "EV02", case_number);
      cc_record_add (event, cc_pack_find_variable (pack, "EV06"))->date = cc_interval_day (day);
      if (!put (act, victim, chunk, agency, error) || !put (act, event, chunk, agency, error))
        return FALSE;
      status->parents[0] = link->parents[0] = victim->id;
      link->parents[1] = event->id;
      add_code (status, pack, "VS01", pick (chunk, 3) == 0 ? "PRES" : "IDEN");
      g_ptr_array_add (cc_record_add (link, cc_pack_find_variable (pack, "VE03"))->codes,
                       (gpointer) cc_pack_find_code (pack, "EXPL", "SEX"));
      if (!put (act, status, chunk, agency, error) || !put (act, link, chunk, agency, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_agencies (CcAct *act, gpointer data, GError **error)
{
  Chunk  *chunk = data;
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  for (guint i = 0; i < N_AGENCIES; i++)
    {
      g_autofree char *key = g_strdup_printf ("agency%u", i);
      g_autofree char *name = g_strdup_printf ("Agency of Region %u", i + 1);
      CcSubmission     submission = { .period = cc_interval_year (2024),
                                      .file_name = (char *) "list.xlsx",
                                      .sha256 = (char *) "00" };

      chunk->agencies[i] =
          cc_act_add_entity (act, key, name, cc_pack_find_code (pack, "RETYPE", "POL"), error);
      submission.entity = chunk->agencies[i];
      if (chunk->agencies[i] == 0 || !cc_act_add_submission (act, &submission, error))
        return FALSE;
      chunk->deliveries[i] = submission.id;
    }
  return TRUE;
}

static void
generate (const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  Chunk       chunk = { .random = 1 };
  CcCaseFile *file;

  file = pack != NULL ? cc_case_file_create (path, PASSPHRASE, pack, "BEN", TRUE, &error) : NULL;
  if (file == NULL || !cc_facts_attach (file, &error)
      || !cc_case_file_act (file, "test", add_agencies, &chunk, NULL, &error))
    die ("creating", error);
  for (guint i = 0; i < n; i += N_CHUNK)
    {
      chunk.first = i;
      chunk.n = MIN (N_CHUNK, n - i);
      if (!cc_case_file_act (file, "import", add_chunk, &chunk, NULL, &error))
        die ("filling", error);
    }
  if (!cc_case_file_close (file, &error))
    die ("closing", error);
  cc_case_file_free (file);
}

typedef struct
{
  const char *name;
  double      bar; /* milliseconds; 0 = none */
  GArray     *times;
} Line;

enum
{
  LOAD_COLD,
  LOAD_WARM,
  BY_DATE,
  BY_NAME,
  BY_NUMBER,
  BY_CHANGE,
  AGAIN,
  SEARCH,
  PERSONS,
  SLICE,
  N_LINES,
};

static Line lines[N_LINES] = {
  { "table, first reading", 0, NULL },
  { "table, again", 300, NULL },
  { "by date", 300, NULL },
  { "by name, first time", 0, NULL },
  { "by number, first time", 0, NULL },
  { "by last change, first", 0, NULL },
  { "by name, narrowed", 300, NULL },
  { "search of two words", 300, NULL },
  { "one a person", 300, NULL },
  { "50 rows", 10, NULL },
};

static double
get_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return 1e3 * (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static void
note (guint line, double begin)
{
  const double time = get_time () - begin;

  g_array_append_val (lines[line].times, time);
}

static void
ask (CcRecordTable *table, CcConnection *reader, CcRecordQuery *query, guint line)
{
  g_autoptr (GError) error = NULL;
  const double begin = get_time ();
  g_autoptr (CcRecordList) list = cc_record_table_query (table, reader, query, &error);

  if (list == NULL)
    die (lines[line].name, error);
  note (line, begin);
}

static void
read_slices (CcRecordTable *table, CcConnection *reader, CcRecordQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRecordList) list = cc_record_table_query (table, reader, query, &error);

  if (list == NULL)
    die ("list", error);
  for (guint i = 0; i + 50 <= list->ids->len && i < 20 * 9999; i += 9999)
    {
      const double begin = get_time ();
      g_autoptr (GPtrArray) rows =
          cc_record_table_read_rows (table, reader, &g_array_index (list->ids, gint64, i), 50,
                                     &error);

      if (rows == NULL)
        die ("rows", error);
      note (SLICE, begin);
    }
}

static void
measure (CcCaseFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRecordQuery) query = cc_record_query_new ();
  CcConnection  *reader = cc_case_file_acquire_reader (file, &error);
  CcRecordTable *table;
  double         begin = get_time ();

  if (reader == NULL)
    die ("reader", error);
  table = cc_record_table_load (file, reader, "victim", &error);
  note (LOAD_COLD, begin);
  cc_record_table_unref (table);
  begin = get_time ();
  table = cc_record_table_load (file, reader, "victim", &error);
  note (LOAD_WARM, begin);
  if (table == NULL)
    die ("table", error);
  ask (table, reader, query, BY_DATE);
  query->order = CC_ORDER_NUMBER;
  ask (table, reader, query, BY_NUMBER);
  query->order = CC_ORDER_CHANGE;
  ask (table, reader, query, BY_CHANGE);
  query->order = CC_ORDER_NAME;
  ask (table, reader, query, BY_NAME);
  read_slices (table, reader, query);
  cc_record_query_choose (query, CC_FACET_YEAR, 2021, TRUE);
  ask (table, reader, query, AGAIN);
  cc_record_query_clear (query);
  query->one_per_person = TRUE;
  ask (table, reader, query, PERSONS);
  query->text = g_strdup ("Traor\303\251 marie");
  ask (table, reader, query, SEARCH);
  cc_record_table_unref (table);
  cc_case_file_release_reader (file, reader);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static gboolean
print_lines (void)
{
  gboolean good = TRUE;

  g_print ("                         median   worst    bar (milliseconds of processor)\n");
  for (guint i = 0; i < N_LINES; i++)
    {
      Line  *line = &lines[i];
      double median;

      if (line->times->len == 0)
        continue;
      g_array_sort (line->times, compare);
      median = g_array_index (line->times, double, line->times->len / 2);
      g_print ("%-22s %8.1f %7.1f ", line->name, median,
               g_array_index (line->times, double, line->times->len - 1));
      if (line->bar > 0)
        g_print ("%6.0f", line->bar);
      g_print ("\n");
      good = good && (line->bar <= 0 || median <= line->bar);
    }
  return good;
}

int
main (int argc, char **argv)
{
  const guint      n = argc > 1 ? (guint) atoi (argv[1]) : 50000;
  const guint      rounds = argc > 2 ? (guint) atoi (argv[2]) : 3;
  g_autofree char *folder = g_dir_make_tmp ("cc-bench-XXXXXX", NULL);
  g_autofree char *path =
      argc > 3 ? g_strdup (argv[3]) : g_build_filename (folder, "bench.casecount", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    generate (path, n);
  for (guint i = 0; i < N_LINES; i++)
    lines[i].times = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint round = 0; round < MAX (rounds, 1); round++)
    {
      CcCaseFile *file = cc_case_file_open (path, PASSPHRASE, pack, CC_OPEN_READ_ONLY, &error);

      if (file == NULL)
        die ("opening", error);
      measure (file);
      cc_case_file_free (file);
    }
  if (argc <= 3)
    g_unlink (path);
  g_rmdir (folder);
  return print_lines () ? 0 : 1;
}
