/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-behind-dialog.h"

#include "cc-detail-window.h"
#include "cc-session-work.h"

#include <glib/gi18n.h>
#include <cc/store/cc-record-source.h>

/* Nobody reads longer lists line by line; the count is given in full. */
#define MOST_PERSONS 500

typedef struct
{
  CcQuestionnaire         *questionnaire;
  const CcTableDefinition *table;
  GArray                  *periods;
  char                    *row;
  char                    *col;
  char                    *period;
} Look;

/* What was found, as texts in the window's language. */
typedef struct
{
  GListStore *items;
  gint64      n_inside;
  gint64      n_outside;
} Found;

static void
look_free (gpointer data)
{
  Look *self = data;

  cc_questionnaire_unref (self->questionnaire);
  g_array_unref (self->periods);
  g_free (self->row);
  g_free (self->col);
  g_free (self->period);
  g_free (self);
}

static void
found_free (gpointer data)
{
  Found *self = data;

  g_clear_object (&self->items);
  g_free (self);
}

static char *
describe_source (const CcRecordSource *source)
{
  if (*source->file_name == '\0')
    /* Translators: a record that was entered by hand; %s is the reporting agency. */
    return g_strdup_printf (_ ("%s, entered by hand"), source->entity);
  if (source->row == 0)
    /* Translators: where a record comes from: agency and file. */
    return g_strdup_printf (_ ("%s, %s"), source->entity, source->file_name);
  /* Translators: where a record comes from: agency, file, number of the row. */
  return g_strdup_printf (_ ("%s, %s, row %" G_GINT64_FORMAT), source->entity, source->file_name,
                          source->row);
}

static char *
describe_reason (CcSession *session, const CcCellPerson *person)
{
  CcTexts    *texts = cc_session_get_texts (session);
  const char *language = cc_session_get_language (session);

  if (person->category == NULL)
    return g_strdup (cc_texts_get (texts, person->reason, language));
  /* Translators: why a person is not in a cell, and the category that it stands in. */
  return g_strdup_printf (_ ("%s (%s)"), cc_texts_get (texts, person->reason, language),
                          person->category);
}

static gboolean
add_person (GListStore         *items,
            CcSession          *session,
            CcConnection       *connection,
            const CcCellPerson *person,
            GError            **error)
{
  g_autoptr (GString) others = g_string_new (NULL);
  g_autofree char *title = NULL;
  g_autoptr (CcDetailItem) item = NULL;
  gint64 first = 0;

  if (person->reason != NULL)
    {
      g_autofree char *reason = describe_reason (session, person);

      g_string_append (others, reason);
    }
  for (guint i = 0; i < person->records->len; i++)
    {
      const gint64 id = g_array_index (person->records, gint64, i);
      g_autoptr (CcRecordSource) source = cc_record_source_read (connection, id, error);
      g_autofree char *text = NULL;

      if (source == NULL)
        return FALSE;
      text = describe_source (source);
      if (i == 0)
        {
          first = id;
          title = g_steal_pointer (&text);
        }
      else
        g_string_append_printf (others, "%s%s", others->len > 0 ? "\n" : "", text);
    }
  item = cc_detail_item_new (title != NULL ? title : _ ("No live record"), others->str, first);
  g_list_store_append (items, item);
  return TRUE;
}

static gboolean
add_persons (GListStore   *items,
             const char   *title,
             gint64        total,
             GPtrArray    *persons,
             CcSession    *session,
             CcConnection *connection,
             GError      **error)
{
  g_autofree char *number = cc_session_format_number (session, total);
  /* Translators: title of a list and how many it has. */
  g_autofree char *heading_text = g_strdup_printf (_ ("%s (%s)"), title, number);
  g_autofree char *more = NULL;
  g_autoptr (CcDetailItem) heading = NULL;

  if (total == 0)
    return TRUE;
  if (total > persons->len)
    more = g_strdup_printf (ngettext ("The first %u is listed.", "The first %u are listed.",
                                      persons->len),
                            persons->len);
  heading = cc_detail_item_new_heading (heading_text, more);
  g_list_store_append (items, heading);
  for (guint i = 0; i < persons->len; i++)
    if (!add_person (items, session, connection, persons->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gpointer
find_persons (CcSession    *session,
              CcConnection *connection,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  const Look    *look = data;
  CcCountOptions options = { .periods = look->periods, .no_bounds = TRUE };
  g_autoptr (CcCellPersons) persons =
      cc_count_cell (cc_session_get_file (session), look->questionnaire, look->table, &options,
                     look->row, look->col, look->period, MOST_PERSONS, cancellable, error);
  Found *found;

  if (persons == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  found->items = g_list_store_new (CC_TYPE_DETAIL_ITEM);
  found->n_inside = persons->n_inside;
  found->n_outside = persons->n_outside;
  if (add_persons (found->items, _ ("Behind the Figure"), persons->n_inside, persons->inside,
                   session, connection, error)
      && add_persons (found->items, _ ("Not in It"), persons->n_outside, persons->outside, session,
                      connection, error))
    return found;
  found_free (found);
  return NULL;
}

static char *
describe_found (CcSession *session, const Found *found)
{
  g_autofree char *inside = cc_session_format_number (session, found->n_inside);
  g_autofree char *outside = cc_session_format_number (session, found->n_outside);

  if (found->n_inside == 0)
    /* Translators: %s is how many others there are. */
    return g_strdup_printf (_ ("Nobody is counted here. Others in the case file: %s, each with the "
                               "reason why not."),
                            outside);
  /* Translators: %s are numbers of persons or cases. */
  return g_strdup_printf (_ ("Counted here: %s. Not counted here, each with the reason: %s."),
                          inside, outside);
}

typedef struct
{
  CcDetailWindow *window;
  CcSession      *session;
  GCancellable   *cancellable;
} Waiting;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;
  g_autoptr (GError) error = NULL;
  Found *found = cc_session_read_finish (result, &error);

  if (found != NULL)
    {
      g_autofree char *summary = describe_found (waiting->session, found);

      cc_detail_window_show (waiting->window, summary, G_LIST_MODEL (found->items));
      found_free (found);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cc_detail_window_fail (waiting->window, error);
  g_object_unref (waiting->window);
  g_object_unref (waiting->cancellable);
  cc_session_unref (waiting->session);
  g_free (waiting);
}

static gboolean
on_close_request (GtkWindow *window, gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return FALSE;
}

void
cc_behind_dialog_show (GtkWidget *near, CcSession *session, const CcBehindCell *cell)
{
  Look    *look = g_new0 (Look, 1);
  Waiting *waiting = g_new0 (Waiting, 1);

  g_return_if_fail (GTK_IS_WIDGET (near) && session != NULL && cell != NULL);
  look->questionnaire = cc_questionnaire_ref (cell->questionnaire);
  look->table = cell->table;
  look->periods = g_array_ref (cell->periods);
  look->row = g_strdup (cell->row);
  look->col = g_strdup (cell->col);
  look->period = g_strdup (cell->period);
  waiting->window = g_object_ref_sink (cc_detail_window_new (near, cell->title));
  waiting->session = cc_session_ref (session);
  waiting->cancellable = g_cancellable_new ();
  g_signal_connect_object (waiting->window, "close-request", G_CALLBACK (on_close_request),
                           waiting->cancellable, 0);
  gtk_window_present (GTK_WINDOW (waiting->window));
  cc_session_read_async (session, find_persons, look, look_free, found_free, waiting->cancellable,
                         on_found, waiting);
}
