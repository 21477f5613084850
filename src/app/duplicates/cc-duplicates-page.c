/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-duplicates-page.h"

#include "cc-duplicates-keys.h"
#include "cc-person-view.h"
#include "cc-review-view.h"
#include "cc-review-words.h"
#include "cc-search-job.h"
#include "cc-verdicts-view.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <string.h>

struct _CcDuplicatesPage
{
  CcPage parent_instance;

  GtkStack       *stack;
  GtkSpinner     *loading;
  AdwStatusPage  *empty;
  CcReviewView   *review;
  CcPersonView   *person;
  CcVerdictsView *verdicts;
  AdwStatusPage  *failure;
  GtkWidget      *queue_button;
  GtkWidget      *verdicts_button;

  GSimpleActionGroup *actions;
  GCancellable       *cancellable;
  gint64              wanted; /* a proposal to show when the queue is there */
  gboolean            searching;
};

G_DEFINE_FINAL_TYPE (CcDuplicatesPage, cc_duplicates_page, CC_TYPE_PAGE)

static gboolean
shows (CcDuplicatesPage *self, gpointer child)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (child);
}

static void
enable (CcDuplicatesPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (CcDuplicatesPage *self)
{
  static const char *const verdicts[] = { "same", "different", "unsure", "related" };
  static const char *const steps[] = { "next", "previous", "reason", "note", "why" };
  CcSession               *session = cc_page_get_session (CC_PAGE (self));
  const gboolean           reviews = shows (self, self->review);
  const gboolean           asks = reviews && cc_review_view_has_question (self->review);
  const gboolean           writes = session != NULL && !cc_session_is_read_only (session);

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    enable (self, verdicts[i], asks);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    enable (self, steps[i], reviews);
  enable (self, "take-out", asks && cc_review_view_is_group (self->review));
  enable (self, "mark-next", reviews && cc_review_view_is_group (self->review));
  enable (self, "mark-previous", reviews && cc_review_view_is_group (self->review));
  enable (self, "undo", reviews && cc_review_view_can_undo (self->review));
  enable (self, "search", writes && !self->searching);
  enable (self, "decisions", session != NULL && !shows (self, self->verdicts));
  enable (self, "queue", reviews);
  gtk_widget_set_visible (self->queue_button, reviews);
}

static void
show_child (CcDuplicatesPage *self, gpointer child)
{
  const gboolean inside = child == self->person || child == self->verdicts;

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (child));
  gtk_spinner_set_spinning (self->loading, child == self->loading);
  cc_page_set_can_go_back (CC_PAGE (self), inside);
  if (child == self->person)
    cc_page_set_title (CC_PAGE (self), _ ("One Person, All Records"), NULL);
  else
    cc_page_set_title (CC_PAGE (self), inside ? _ ("Decisions Made") : NULL, NULL);
  gtk_widget_set_visible (self->verdicts_button, !inside);
  update_actions (self);
}

static void
show_empty (CcDuplicatesPage *self, const CcReviewState *state)
{
  g_autofree char *number =
      cc_session_format_number (cc_page_get_session (CC_PAGE (self)), state->n_records);
  g_autofree char *text = NULL;

  if (state->n_records == 0)
    text = g_strdup (_ ("No records yet. Bring in the agencies’ files or enter a case; then "
                        "Casecount finds the records that may be the same person."));
  else
    text = g_strdup_printf (
        ngettext ("Casecount compares names, births, papers and places of %s record and asks about "
                  "those that may be the same person.",
                  "Casecount compares names, births, papers and places of %s records and asks "
                  "about those that may be the same person.",
                  (gulong) state->n_records),
        number);
  adw_status_page_set_description (self->empty, text);
  show_child (self, self->empty);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcDuplicatesPage) self = CC_DUPLICATES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  CcReviewLoad  *load = cc_session_read_finish (result, &error);
  CcSession     *session = cc_page_get_session (CC_PAGE (self));
  const gboolean inside = cc_page_get_can_go_back (CC_PAGE (self));

  if (load != NULL && session != NULL && load->queue != NULL)
    {
      const gboolean first = shows (self, self->loading) || shows (self, self->empty);

      cc_review_view_set_load (self->review, session, load);
      if (self->wanted != 0)
        cc_review_view_select (self->review, self->wanted);
      self->wanted = 0;
      if (!inside)
        show_child (self, self->review);
      if (first)
        cc_review_view_take_focus (self->review);
      return;
    }
  if (load != NULL && session != NULL && !inside)
    show_empty (self, &load->state);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      show_child (self, self->failure);
    }
  cc_review_load_free (load);
}

static void
load_queue (CcDuplicatesPage *self)
{
  CcSession *session = cc_page_get_session (CC_PAGE (self));

  if (session == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, cc_review_load_read, cc_review_view_create_wish (self->review),
                         cc_review_wish_free, cc_review_load_free, self->cancellable, on_loaded,
                         g_object_ref (self));
}

/* A decision of this page has shown its effect already; what it changes elsewhere in the queue is
 * met when the question comes up. */
static void
cc_duplicates_page_refresh (CcPage *page, CcSession *session)
{
  CcDuplicatesPage *self = CC_DUPLICATES_PAGE (page);

  if (shows (self, self->person))
    cc_person_view_refresh (self->person);
  if (shows (self, self->verdicts))
    cc_verdicts_view_refresh (self->verdicts);
  if (!cc_review_view_is_busy (self->review))
    load_queue (self);
  update_actions (self);
}

static void
on_reload_cb (CcDuplicatesPage *self)
{
  load_queue (self);
}

static void
on_review_changed_cb (CcDuplicatesPage *self)
{
  if (self->actions != NULL)
    update_actions (self);
}

static void
show_person (CcDuplicatesPage *self, gint64 cluster)
{
  CcSession *session = cc_page_get_session (CC_PAGE (self));

  if (session == NULL || cluster <= 0)
    return;
  cc_person_view_load (self->person, session, cluster);
  show_child (self, self->person);
  gtk_widget_grab_focus (GTK_WIDGET (self->person));
}

static void
cc_duplicates_page_open_target (CcPage *page, const char *target)
{
  CcDuplicatesPage *self = CC_DUPLICATES_PAGE (page);

  if (g_str_has_prefix (target, "person:"))
    show_person (self, g_ascii_strtoll (target + strlen ("person:"), NULL, 10));
  else if (strcmp (target, "decisions") == 0 || strcmp (target, "why") == 0)
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), target, NULL);
  else if (g_str_has_prefix (target, "pair:"))
    {
      self->wanted = g_ascii_strtoll (target + strlen ("pair:"), NULL, 10);
      cc_page_go_back (page);
      load_queue (self);
    }
}

static void
cc_duplicates_page_go_back (CcPage *page)
{
  CcDuplicatesPage *self = CC_DUPLICATES_PAGE (page);

  show_child (self, self->loading);
  load_queue (self);
}

static char *
describe_found (CcSession *session, const CcSearchFound *found)
{
  g_autofree char *pairs = cc_session_format_number (session, found->n_pairs);
  g_autofree char *records = cc_session_format_number (session, found->n_undecidable);
  g_autofree char *waiting =
      g_strdup_printf (ngettext ("%s pair waits for you", "%s pairs wait for you", found->n_pairs),
                       pairs);
  g_autofree char *beside =
      g_strdup_printf (ngettext ("%s record says too little to be compared",
                                 "%s records say too little to be compared", found->n_undecidable),
                       records);

  if (found->n_undecidable == 0)
    return g_steal_pointer (&waiting);
  /* Translators: two remarks after a search for duplicates, such as "7 pairs wait for you" and
   * "3 records say too little to be compared". */
  return g_strdup_printf (_ ("%1$s; %2$s"), waiting, beside);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcDuplicatesPage) self = CC_DUPLICATES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree CcSearchFound *found = cc_job_run_finish (result, &error);
  CcSession                *session = cc_page_get_session (CC_PAGE (self));

  self->searching = FALSE;
  update_actions (self);
  if (found != NULL && session != NULL)
    {
      g_autofree char *text = describe_found (session, found);

      cc_session_changed (session);
      cc_present_toast (GTK_WIDGET (self), text);
    }
  else if (error != NULL)
    cc_present_error (GTK_WIDGET (self), _ ("The Search Could Not Be Finished"), error);
}

static void
unref_session (gpointer session)
{
  cc_session_unref (session);
}

static void
on_search (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcDuplicatesPage *self = user_data;
  CcSession        *session = cc_page_get_session (CC_PAGE (self));

  self->searching = TRUE;
  update_actions (self);
  cc_job_run_async (GTK_WIDGET (self), _ ("Looking for Duplicates"), cc_search_job_run,
                    cc_session_ref (session), unref_session, g_free, on_searched,
                    g_object_ref (self));
}

static void
on_verdict (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const struct
  {
    const char *name;
    CcVerdict   verdict;
  } verdicts[] = {
    { "same", CC_VERDICT_SAME },
    { "different", CC_VERDICT_DIFFERENT },
    { "unsure", CC_VERDICT_UNDECIDED },
    { "related", CC_VERDICT_RELATED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (strcmp (verdicts[i].name, g_action_get_name (G_ACTION (action))) == 0)
      cc_review_view_decide (CC_DUPLICATES_PAGE (user_data)->review, verdicts[i].verdict);
}

static void
on_take_out (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_take_out (CC_DUPLICATES_PAGE (user_data)->review, -1);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_undo (CC_DUPLICATES_PAGE (user_data)->review);
}

static void
on_next (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_move (CC_DUPLICATES_PAGE (user_data)->review, 1);
}

static void
on_previous (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_move (CC_DUPLICATES_PAGE (user_data)->review, -1);
}

static void
on_mark_next (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_mark (CC_DUPLICATES_PAGE (user_data)->review, 1);
}

static void
on_mark_previous (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_mark (CC_DUPLICATES_PAGE (user_data)->review, -1);
}

static void
on_reason (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const int index = g_variant_get_int32 (parameter) - 1;

  if (index >= 0 && index < CC_REVIEW_N_REASONS)
    cc_review_view_set_reason (CC_DUPLICATES_PAGE (user_data)->review, (guint) index);
}

static void
on_note (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_write_note (CC_DUPLICATES_PAGE (user_data)->review);
}

static void
on_why (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  g_simple_action_set_state (action, state);
  cc_review_view_set_show_evidence (CC_DUPLICATES_PAGE (user_data)->review,
                                    g_variant_get_boolean (state));
}

static void
on_queue (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_review_view_toggle_queue (CC_DUPLICATES_PAGE (user_data)->review);
}

static void
on_decisions (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcDuplicatesPage *self = user_data;

  cc_verdicts_view_load (self->verdicts, cc_page_get_session (CC_PAGE (self)),
                         cc_review_view_get_kind (self->review));
  show_child (self, self->verdicts);
  gtk_widget_grab_focus (GTK_WIDGET (self->verdicts));
}

static void
on_column_take_out (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcDuplicatesPage *self = user_data;

  if (shows (self, self->person))
    cc_person_view_split (self->person, (guint) g_variant_get_int32 (parameter));
  else
    cc_review_view_take_out (self->review, g_variant_get_int32 (parameter));
}

static void
on_column_person (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_person (user_data, g_variant_get_int64 (parameter));
}

static void
on_column_record (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *target =
      g_strdup_printf ("record:%" G_GINT64_FORMAT, g_variant_get_int64 (parameter));

  gtk_widget_activate_action (GTK_WIDGET (user_data), "win.go", "(ss)", "cases", target);
}

static void
on_choose (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  guint  field;
  gint64 record;

  g_variant_get (parameter, "(ux)", &field, &record);
  cc_person_view_choose (CC_DUPLICATES_PAGE (user_data)->person, field, record);
}

static const GActionEntry entries[] = {
  { "search", on_search, NULL, NULL, NULL, { 0 } },
  { "same", on_verdict, NULL, NULL, NULL, { 0 } },
  { "different", on_verdict, NULL, NULL, NULL, { 0 } },
  { "unsure", on_verdict, NULL, NULL, NULL, { 0 } },
  { "related", on_verdict, NULL, NULL, NULL, { 0 } },
  { "take-out", on_take_out, NULL, NULL, NULL, { 0 } },
  { "undo", on_undo, NULL, NULL, NULL, { 0 } },
  { "next", on_next, NULL, NULL, NULL, { 0 } },
  { "previous", on_previous, NULL, NULL, NULL, { 0 } },
  { "mark-next", on_mark_next, NULL, NULL, NULL, { 0 } },
  { "mark-previous", on_mark_previous, NULL, NULL, NULL, { 0 } },
  { "reason", on_reason, "i", NULL, NULL, { 0 } },
  { "note", on_note, NULL, NULL, NULL, { 0 } },
  { "why", NULL, NULL, "false", on_why, { 0 } },
  { "queue", on_queue, NULL, NULL, NULL, { 0 } },
  { "decisions", on_decisions, NULL, NULL, NULL, { 0 } },
};

static const GActionEntry column_entries[] = {
  { "take-out", on_column_take_out, "i", NULL, NULL, { 0 } },
  { "show-person", on_column_person, "x", NULL, NULL, { 0 } },
  { "show-record", on_column_record, "x", NULL, NULL, { 0 } },
  { "choose", on_choose, "(ux)", NULL, NULL, { 0 } },
};

static void
cc_duplicates_page_dispose (GObject *object)
{
  CcDuplicatesPage *self = CC_DUPLICATES_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->actions);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_DUPLICATES_PAGE);
  G_OBJECT_CLASS (cc_duplicates_page_parent_class)->dispose (object);
}

static void
cc_duplicates_page_class_init (CcDuplicatesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  CcPageClass    *page_class = CC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_duplicates_page_dispose;
  page_class->refresh = cc_duplicates_page_refresh;
  page_class->open_target = cc_duplicates_page_open_target;
  page_class->go_back = cc_duplicates_page_go_back;
  g_type_ensure (CC_TYPE_REVIEW_VIEW);
  g_type_ensure (CC_TYPE_PERSON_VIEW);
  g_type_ensure (CC_TYPE_VERDICTS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/duplicates/"
                                                             "cc-duplicates-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, loading);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, review);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, person);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, verdicts);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, queue_button);
  gtk_widget_class_bind_template_child (widget_class, CcDuplicatesPage, verdicts_button);
  gtk_widget_class_bind_template_callback (widget_class, on_reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_review_changed_cb);
}

static void
cc_duplicates_page_init (CcDuplicatesPage *self)
{
  g_autoptr (GSimpleActionGroup) columns = g_simple_action_group_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  g_action_map_add_action_entries (G_ACTION_MAP (columns), column_entries,
                                   G_N_ELEMENTS (column_entries), self);
  cc_page_add_actions (CC_PAGE (self), "duplicates", G_ACTION_GROUP (self->actions));
  cc_page_add_actions (CC_PAGE (self), "compare", G_ACTION_GROUP (columns));
  cc_duplicates_add_keys (GTK_WIDGET (self));
  show_child (self, self->loading);
}

/* Which part is shown: loading, empty, review, person, verdicts or failure. */
const char *
cc_duplicates_page_get_view (CcDuplicatesPage *self)
{
  static const char *const names[] = {
    "loading", "empty", "review", "person", "verdicts", "failure"
  };
  gpointer children[G_N_ELEMENTS (names)];

  g_return_val_if_fail (CC_IS_DUPLICATES_PAGE (self), NULL);
  children[0] = self->loading;
  children[1] = self->empty;
  children[2] = self->review;
  children[3] = self->person;
  children[4] = self->verdicts;
  children[5] = self->failure;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (shows (self, children[i]))
      return names[i];
  return NULL;
}
