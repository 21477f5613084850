/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-similar-banner.h"

#include "cc-editor-texts.h"
#include "cc-session-work.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/linkage/cc-link-similar.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-records.h>

#define MOST 10

struct _CcSimilarBanner
{
  AdwBin parent_instance;

  GtkWidget    *title;
  GtkWidget    *list;
  GCancellable *cancellable;
  char         *asked; /* the question of the last look */
  guint         n;
};

G_DEFINE_FINAL_TYPE (CcSimilarBanner, cc_similar_banner, ADW_TYPE_BIN)

typedef struct
{
  GPtrArray *records;  /* CcRecord */
  GPtrArray *agencies; /* their names */
} Seen;

static void
free_seen (gpointer data)
{
  Seen *seen = data;

  g_ptr_array_unref (seen->records);
  g_ptr_array_unref (seen->agencies);
  g_free (seen);
}

static gboolean
add_similar (Seen                *seen,
             CcSession           *session,
             CcConnection        *connection,
             const CcLinkSimilar *similar,
             GPtrArray           *entities,
             GError             **error)
{
  CcCaseFile *file = cc_session_get_file (session);
  CcRecord   *record = cc_store_read_record (file, connection, similar->record, error);
  const char *agency = "";

  if (record == NULL)
    return FALSE;
  for (guint i = 0; i < entities->len; i++)
    if (((CcEntity *) entities->pdata[i])->id == similar->entity)
      agency = ((CcEntity *) entities->pdata[i])->name;
  g_ptr_array_add (seen->records, record);
  g_ptr_array_add (seen->agencies, g_strdup (agency));
  return TRUE;
}

static gpointer
look (CcSession    *session,
      CcConnection *connection,
      gpointer      data,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) entities = NULL;
  Seen *seen;

  found = cc_link_find_similar (cc_session_get_file (session), connection, data, MOST, cancellable,
                                error);
  entities = found != NULL ? cc_entity_list (cc_session_get_file (session), error) : NULL;
  if (entities == NULL)
    return NULL;
  seen = g_new0 (Seen, 1);
  seen->records = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_record_free);
  seen->agencies = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < found->len; i++)
    if (!add_similar (seen, session, connection, found->pdata[i], entities, error))
      {
        free_seen (seen);
        return NULL;
      }
  return seen;
}

static void
hide (CcSimilarBanner *self)
{
  self->n = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show (CcSimilarBanner *self, CcSession *session, Seen *seen)
{
  GtkWidget       *child;
  g_autofree char *title = NULL;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  self->n = seen->records->len;
  title = g_strdup_printf (ngettext ("%u person in this file looks alike",
                                     "%u persons in this file look alike", self->n),
                           self->n);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  for (guint i = 0; i < seen->records->len; i++)
    {
      CcDraftUnit      unit = { .record = seen->records->pdata[i] };
      g_autofree char *summary = cc_editor_summarise_unit (session, &unit);
      const char      *agency = seen->agencies->pdata[i];
      g_autofree char *line =
          *agency != '\0'
              /* Translators: a person in few words, and the agency that reported it. */
              ? g_strdup_printf (_ ("%s (%s)"), summary != NULL ? summary : "", agency)
              : g_strdup (summary);
      GtkWidget *label = gtk_label_new (line);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (self->list), label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
}

typedef struct
{
  CcSimilarBanner *banner;
  CcSession       *session;
} Waiting;

static void
on_looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;
  g_autoptr (GError) error = NULL;
  Seen *seen = cc_session_read_finish (result, &error);

  /* A notice that could not be made is none: it advises only. */
  if (seen != NULL && gtk_widget_get_root (GTK_WIDGET (waiting->banner)) != NULL)
    show (waiting->banner, waiting->session, seen);
  if (seen != NULL)
    free_seen (seen);
  g_object_unref (waiting->banner);
  cc_session_unref (waiting->session);
  g_free (waiting);
}

static void
add_texts (CcRecord *record, const char *prefix, const char *part, GPtrArray *texts)
{
  g_autofree char *id = g_strconcat (prefix, part, NULL);

  for (guint i = 0; i < record->values->len; i++)
    {
      const CcValue *value = record->values->pdata[i];

      if (strcmp (value->variable->id, id) == 0 && value->text != NULL)
        g_ptr_array_add (texts, g_strdup (value->text));
    }
}

/* What is known of the person so far, in the words of the search. */
static CcLinkProbe *
create_probe (CcDraftUnit *person)
{
  static const char *const names[] = { "FAMILY", "GIVEN", "FULL", "ALIAS" };
  const gboolean           victim = strcmp (person->record->unit->abbr, "VI") == 0;
  const char              *prefix = victim ? "X_VI_ID_" : "X_PE_ID_";
  CcLinkProbe             *probe = cc_link_probe_new (person->record->unit);
  const CcValue           *birth = cc_record_find (person->record, victim ? "VI05" : "X_PE_BIRTH");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_texts (person->record, prefix, names[i], probe->names);
  add_texts (person->record, prefix, "DOCUMENT", probe->documents);
  if (birth != NULL)
    probe->birth = birth->date;
  probe->except = person->record->id;
  return probe;
}

static char *
describe (CcLinkProbe *probe)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < probe->names->len; i++)
    g_string_append_printf (text, "%s|", (char *) probe->names->pdata[i]);
  for (guint i = 0; i < probe->documents->len; i++)
    g_string_append_printf (text, "#%s|", (char *) probe->documents->pdata[i]);
  g_string_append_printf (text, "%d %d %" G_GINT64_FORMAT, probe->birth.first, probe->birth.last,
                          probe->except);
  return g_string_free (text, FALSE);
}

/**
 * Looks for persons like this one, off the main loop; the same question is asked once.
 */
void
cc_similar_banner_look (CcSimilarBanner *self,
                        CcSession       *session,
                        CcCaseDraft     *draft,
                        CcDraftUnit     *person)
{
  CcLinkProbe     *probe;
  g_autofree char *asked = NULL;
  Waiting         *waiting;

  g_return_if_fail (CC_IS_SIMILAR_BANNER (self));
  /* Somebody who is in the file already is compared by the review of duplicates. */
  if (strcmp (person->record->unit->abbr, "EV") == 0 || person->stored != NULL)
    {
      g_clear_pointer (&self->asked, g_free);
      hide (self);
      return;
    }
  probe = create_probe (person);
  asked = describe (probe);
  if (g_strcmp0 (asked, self->asked) == 0)
    {
      cc_link_probe_free (probe);
      gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
      return;
    }
  g_free (self->asked);
  self->asked = g_steal_pointer (&asked);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (probe->names->len < 2 && probe->documents->len == 0)
    {
      cc_link_probe_free (probe);
      hide (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  waiting = g_new0 (Waiting, 1);
  waiting->banner = g_object_ref (self);
  waiting->session = cc_session_ref (session);
  cc_session_read_async (session, look, probe, (GDestroyNotify) cc_link_probe_free, free_seen,
                         self->cancellable, on_looked_cb, waiting);
}

guint
cc_similar_banner_get_n (CcSimilarBanner *self)
{
  g_return_val_if_fail (CC_IS_SIMILAR_BANNER (self), 0);
  return self->n;
}

static void
cc_similar_banner_dispose (GObject *object)
{
  CcSimilarBanner *self = CC_SIMILAR_BANNER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked, g_free);
  G_OBJECT_CLASS (cc_similar_banner_parent_class)->dispose (object);
}

static void
cc_similar_banner_class_init (CcSimilarBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_similar_banner_dispose;
}

static void
cc_similar_banner_init (CcSimilarBanner *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *hint =
      gtk_label_new (_ ("Enter the person all the same: “Duplicates” decides who is one."));

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (head), gtk_image_new_from_icon_name ("dialog-information-symbolic"));
  gtk_box_append (GTK_BOX (head), self->title);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), self->list);
  gtk_box_append (GTK_BOX (card), hint);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "notice");
  adw_bin_set_child (ADW_BIN (self), card);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
