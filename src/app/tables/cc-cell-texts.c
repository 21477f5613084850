/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-texts.h"

#include "cc-cell-item.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>

static void
append_part (GString *text, const char *part)
{
  g_autofree char *apart = cc_isolate (part);

  if (*apart == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, apart);
}

static void
append_code (GString *text, CcSession *session, const CcCode *code)
{
  g_autofree char *label = NULL;

  if (code == NULL)
    return;
  label = cc_pack_get_code_label (cc_case_file_get_pack (cc_session_get_file (session)), code,
                                  cc_session_get_language (session));
  append_part (text, label);
}

static char *
describe_row (CcSession *session, const CcRecordRow *row, const CcCellPerson *person)
{
  g_autoptr (GString) text = g_string_new (NULL);
  /* Records about one person may bear other dates than the one by which the person counts. */
  const CcInterval date = cc_interval_is_known (person->date) ? person->date : row->date;

  if (cc_interval_is_known (date))
    {
      g_autofree char *day = cc_session_format_interval (session, date);

      append_part (text, day);
    }
  append_part (text, row->agency);
  append_code (text, session, row->sex);
  append_code (text, session, row->status);
  if (person->records->len > 1)
    {
      g_autofree char *number = cc_session_format_number (session, person->records->len);
      g_autofree char *records = g_strdup_printf (
          /* Translators: %s is a number of records about the same person. */
          ngettext ("%s record", "%s records", person->records->len), number);

      append_part (text, records);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_title (CcSession *session, const CcRecordRow *row)
{
  g_autofree char *number = NULL;

  if (row->name != NULL || row->number != NULL)
    return g_strdup (row->name != NULL ? row->name : row->number);
  number = cc_session_format_number (session, row->id);
  /* Translators: a record without a name or a number of the agency; %s is our own number. */
  return g_strdup_printf (_ ("Record %s"), number);
}

/* The condition of most tables can be named. */
static const char *
get_reason (CcSession *session, const CcCellRecords *records, const char *key)
{
  if (records->by_status && g_str_equal (key, "stats.why.filter"))
    return _ ("Neither identified nor presumed as a victim");
  return cc_texts_get (cc_session_get_texts (session), key, cc_session_get_language (session));
}

static CcCellItem *
create_item (CcSession           *session,
             const CcCellRecords *records,
             const CcCellPerson  *person,
             const CcRecordRow   *row)
{
  g_autofree char *about = describe_row (session, row, person);
  g_autofree char *title = make_title (session, row);
  g_autofree char *target = NULL;
  g_autoptr (GString) subtitle = g_string_new (NULL);

  if (person->reason != NULL)
    append_part (subtitle, get_reason (session, records, person->reason));
  append_part (subtitle, about);
  if (records->unit == CC_COUNT_REGISTRATIONS || person->records->len < 2)
    target = g_strdup_printf ("record:%" G_GINT64_FORMAT, row->id);
  else
    target = g_strdup_printf ("person:%" G_GINT64_FORMAT, person->cluster);
  return cc_cell_item_new (title, subtitle->str, target);
}

/* Rows were read for persons with a record, in the same order. */
static GListStore *
create_list (CcSession *session, const CcCellRecords *records, GPtrArray *persons, GPtrArray *rows)
{
  GListStore *list = g_list_store_new (CC_TYPE_CELL_ITEM);
  guint       next = 0;

  for (guint i = 0; rows != NULL && i < persons->len; i++)
    {
      const CcCellPerson *person = persons->pdata[i];
      g_autoptr (CcCellItem) item = NULL;

      if (person->records->len == 0 || next >= rows->len)
        continue;
      item = create_item (session, records, person, rows->pdata[next++]);
      g_list_store_append (list, item);
    }
  return list;
}

GListStore *
cc_cell_list_inside (CcSession *session, const CcCellRecords *records)
{
  return create_list (session, records, records->persons->inside, records->inside);
}

GListStore *
cc_cell_list_outside (CcSession *session, const CcCellRecords *records)
{
  return create_list (session, records, records->persons->outside, records->outside);
}

char *
cc_cell_describe_reasons (CcSession *session, const CcCellRecords *records)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->persons->reasons->len; i++)
    {
      const CcNote    *reason = &g_array_index (records->persons->reasons, CcNote, i);
      g_autofree char *number = cc_session_format_number (session, reason->count);

      if (i > 0)
        g_string_append_c (text, '\n');
      /* Translators: a reason why persons are not in a figure, and how many of them. */
      g_string_append_printf (text, _ ("%1$s: %2$s"), get_reason (session, records, reason->key),
                              number);
    }
  return g_string_free (text, FALSE);
}

char *
cc_cell_describe_limit (CcSession *session, gint64 listed, gint64 all)
{
  g_autofree char *some = NULL;
  g_autofree char *whole = NULL;

  if (listed >= all)
    return NULL;
  some = cc_session_format_number (session, listed);
  whole = cc_session_format_number (session, all);
  /* Translators: both are numbers of persons. */
  return g_strdup_printf (_ ("The first %1$s of %2$s are listed."), some, whole);
}
