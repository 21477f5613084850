/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-shell.h"

#include "cc-main-menu.h"
#include "cc-page.h"
#include "cc-pages.h"
#include "cc-undo.h"
#include "cc-window-title.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>

/* How often, and for how long, a page that loads is offered the keys. */
#define GIVE_MS    50
#define MOST_GIVEN 100

struct _CcShell
{
  AdwBin parent_instance;

  AdwFlap        *flap;
  AdwHeaderBar   *content_header;
  AdwWindowTitle *page_title;
  GtkLabel       *country;
  GtkLabel       *file_name;
  GtkWidget      *read_only;
  GtkListBox     *list;
  GtkWidget      *banner;
  GtkWidget      *back_button;
  GtkStack       *stack;
  GtkMenuButton  *menu_button;
  AdwBin         *toolbar;

  CcPage    *page;    /* the visible one, whose properties the header bar follows */
  CcSession *session; /* what it tells about is ours to hear */
  guint      making;  /* source that makes the pages that nobody has looked at */

  guint      giving;      /* source that gives the keys to a page that is loading */
  guint      n_given;     /* how often it has tried */
  GtkWidget *giving_from; /* what had the keys meanwhile; only compared */
};

G_DEFINE_FINAL_TYPE (CcShell, cc_shell, ADW_TYPE_BIN)

static GtkWidget *
create_row (const CcPageInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (info->icon_name);
  GtkWidget *label = gtk_label_new (_ (info->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", info->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (info->title), -1);
  return row;
}

/* The sidebar covers the page where both do not fit: choosing a page then gives the view free. */
static void
on_row_activated_cb (CcShell *self, GtkListBoxRow *row)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* A narrow window has no room for more than the button that closes it, which stays on its side. */
static void
follow_fold (CcShell *self)
{
  g_autofree char *layout = NULL;
  const char      *close;
  const char      *narrow = ":close";

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-decoration-layout", &layout,
                NULL);
  close = layout != NULL ? strstr (layout, "close") : NULL;
  if (close != NULL && strchr (close, ':') != NULL)
    narrow = "close:";
  adw_header_bar_set_decoration_layout (self->content_header,
                                        adw_flap_get_folded (self->flap) ? narrow : NULL);
}

static const CcPageInfo *
find_info (const char *name, guint *index)
{
  for (guint i = 0; i < cc_pages_get_n (); i++)
    if (g_str_equal (cc_pages_get (i)->name, name))
      {
        *index = i;
        return cc_pages_get (i);
      }
  return NULL;
}

/* The header bar shows what the visible page says of itself. */
static void
show_header (CcShell *self)
{
  guint             index;
  const CcPageInfo *info = find_info (gtk_stack_get_visible_child_name (self->stack), &index);
  const char       *title = cc_page_get_title (self->page);
  const char       *subtitle = cc_page_get_subtitle (self->page);

  adw_window_title_set_title (self->page_title, title != NULL ? title : _ (info->title));
  adw_window_title_set_subtitle (self->page_title, subtitle != NULL ? subtitle : "");
  if (adw_bin_get_child (self->toolbar) != cc_page_get_toolbar (self->page))
    {
      adw_bin_set_child (self->toolbar, cc_page_get_toolbar (self->page));
      cc_page_wake_toolbar (self->page);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shell.back",
                                 cc_page_get_can_go_back (self->page));
  gtk_widget_set_visible (self->back_button, cc_page_get_can_go_back (self->page));
}

static void
follow_page (CcShell *self)
{
  CcPage *page = CC_PAGE (gtk_stack_get_visible_child (self->stack));

  if (page == self->page)
    return;
  if (self->page != NULL)
    g_signal_handlers_disconnect_by_func (self->page, show_header, self);
  self->page = page;
  if (page == NULL)
    return;
  g_signal_connect_object (page, "notify", G_CALLBACK (show_header), self, G_CONNECT_SWAPPED);
  show_header (self);
}

static void
on_back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  cc_shell_go_back (CC_SHELL (widget));
}

/* An act changed the data: what is seen is loaded anew, the rest when it is looked at. */
static void
on_data_changed (CcSession *session, gpointer user_data)
{
  CcShell *self = CC_SHELL (user_data);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    cc_page_mark_stale (CC_PAGE (page));
  if (self->page != NULL)
    cc_page_load (self->page);
}

static void
set_session (CcShell *self, CcSession *session)
{
  if (self->session != NULL)
    cc_session_set_changed_func (self->session, NULL, NULL);
  if (session != NULL)
    cc_session_set_changed_func (cc_session_ref (session), on_data_changed, self);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
}

static void
add_rows (CcShell *self)
{
  for (guint i = 0; i < cc_pages_get_n (); i++)
    gtk_list_box_append (self->list, create_row (cc_pages_get (i)));
}

static CcPage *
get_page (CcShell *self, const CcPageInfo *info)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, info->name);

  if (page == NULL)
    {
      page = g_object_new (info->get_type (), NULL);
      if (self->session != NULL)
        cc_page_set_session (CC_PAGE (page), self->session);
      gtk_stack_add_named (self->stack, page, info->name);
    }
  return CC_PAGE (page);
}

/* All pages at once would hold up the first one. They are made when they are looked at, or one by
 * one while there is nothing else to do. */
static gboolean
on_make_page (gpointer user_data)
{
  CcShell *self = CC_SHELL (user_data);

  for (guint i = 0; i < cc_pages_get_n (); i++)
    if (gtk_stack_get_child_by_name (self->stack, cc_pages_get (i)->name) == NULL)
      {
        (void) get_page (self, cc_pages_get (i));
        return G_SOURCE_CONTINUE;
      }
  self->making = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
page_has_keys (CcShell *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->page));
}

/* Where what has the keys goes with a page, the toolkit would give them to anything. */
static void
take_keys (CcShell *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL
      && (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack))
          || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->toolbar))))
    gtk_root_set_focus (root, NULL);
}

static void
stop_giving_keys (CcShell *self)
{
  g_clear_handle_id (&self->giving, g_source_remove);
}

/* A page that is still loading has nothing yet that takes the keys. Whoever moves on meanwhile
 * keeps them where they are. */
static gboolean
on_give_keys (gpointer user_data)
{
  CcShell *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) == self->giving_from && !page_has_keys (self)
      && !gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD)
      && ++self->n_given < MOST_GIVEN)
    return G_SOURCE_CONTINUE;
  self->giving = 0;
  return G_SOURCE_REMOVE;
}

/* Whoever turns to a page goes on in it. */
static void
give_keys (CcShell *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  stop_giving_keys (self);
  if (root == NULL || page_has_keys (self)
      || gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD))
    return;
  self->giving_from = gtk_root_get_focus (root);
  self->n_given = 0;
  self->giving = g_timeout_add (GIVE_MS, on_give_keys, self);
}

/* Pages that go one after the other are not to be followed. */
static void
let_go (CcShell *self)
{
  g_clear_handle_id (&self->making, g_source_remove);
  stop_giving_keys (self);
  set_session (self, NULL);
  if (self->page != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->stack, self);
      g_signal_handlers_disconnect_by_data (self->page, self);
    }
  self->page = NULL;
}

static void
cc_shell_dispose (GObject *object)
{
  CcShell *self = CC_SHELL (object);

  let_go (self);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_SHELL);
  G_OBJECT_CLASS (cc_shell_parent_class)->dispose (object);
}

static void
cc_shell_class_init (CcShellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_shell_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/shell/cc-shell.ui");
  gtk_widget_class_bind_template_child (widget_class, CcShell, flap);
  gtk_widget_class_bind_template_child (widget_class, CcShell, content_header);
  gtk_widget_class_bind_template_child (widget_class, CcShell, page_title);
  gtk_widget_class_bind_template_child (widget_class, CcShell, country);
  gtk_widget_class_bind_template_child (widget_class, CcShell, file_name);
  gtk_widget_class_bind_template_child (widget_class, CcShell, read_only);
  gtk_widget_class_bind_template_child (widget_class, CcShell, list);
  gtk_widget_class_bind_template_child (widget_class, CcShell, banner);
  gtk_widget_class_bind_template_child (widget_class, CcShell, stack);
  gtk_widget_class_bind_template_child (widget_class, CcShell, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CcShell, back_button);
  gtk_widget_class_bind_template_child (widget_class, CcShell, toolbar);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, follow_fold);
  gtk_widget_class_bind_template_callback (widget_class, follow_page);
  gtk_widget_class_install_action (widget_class, "shell.back", NULL, on_back_activated);
}

/* Reached wherever the focus is, and where nothing has it: a form that is being saved, or read, has
 * nothing that could. */
static void
add_back_key (CcShell *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_MANAGED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Left,
                                                                                  GDK_ALT_MASK),
                                                          gtk_named_action_new ("shell.back")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
cc_shell_init (CcShell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
  cc_main_menu_attach (self->menu_button);
  add_rows (self);
  add_back_key (self);
}

/**
 * Lets go of the case file and takes one page away, or a part of it.
 *
 * Returns: FALSE where none is left
 */
gboolean
cc_shell_take_apart (CcShell *self)
{
  GtkWidget *page;

  g_return_val_if_fail (CC_IS_SHELL (self), FALSE);
  let_go (self);
  page = gtk_widget_get_last_child (GTK_WIDGET (self->stack));
  if (page != NULL && !cc_page_take_apart (CC_PAGE (page)))
    gtk_stack_remove (self->stack, page);
  return page != NULL;
}

static void
show_practice (CcShell *self, gboolean practice)
{
  gtk_widget_set_visible (self->banner, practice);
  if (practice)
    gtk_widget_add_css_class (GTK_WIDGET (self), "practice");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "practice");
}

/**
 * Shows a case file; a page is loaded when it is shown.
 */
void
cc_shell_set_session (CcShell *self, CcSession *session, const char *file_name)
{
  CcCaseFile *file;

  g_return_if_fail (CC_IS_SHELL (self) && session != NULL);
  file = cc_session_get_file (session);
  cc_window_title_show_names (self->country, self->file_name, session, file_name);
  gtk_widget_set_visible (self->read_only, cc_case_file_is_read_only (file));
  show_practice (self, cc_case_file_is_practice (file));
  set_session (self, session);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    cc_page_set_session (CC_PAGE (page), session);
  if (self->making == 0)
    self->making = g_idle_add_full (G_PRIORITY_LOW, on_make_page, self, NULL);
}

/**
 * Returns: FALSE where no page has this name
 */
gboolean
cc_shell_show_page (CcShell *self, const char *name)
{
  guint             index;
  const CcPageInfo *info;

  g_return_val_if_fail (CC_IS_SHELL (self), FALSE);
  info = find_info (name, &index);
  if (info == NULL)
    return FALSE;
  if (get_page (self, info) != self->page)
    take_keys (self);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) index));
  cc_page_load (self->page);
  give_keys (self);
  return TRUE;
}

/**
 * Shows one thing on a page.
 *
 * target: as cc_page_open_target () says; "" for the page itself
 */
gboolean
cc_shell_go (CcShell *self, const char *name, const char *target)
{
  if (!cc_shell_show_page (self, name))
    return FALSE;
  if (*target != '\0')
    cc_page_open_target (self->page, target);
  return TRUE;
}

/**
 * Leaves the view inside the page; nothing happens where there is none.
 */
void
cc_shell_go_back (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  if (self->page != NULL)
    cc_page_go_back (self->page);
}

/**
 * Returns: FALSE where the visible page takes no files
 */
gboolean
cc_shell_open_files (CcShell *self)
{
  return self->page != NULL && cc_page_open_files (self->page);
}

/**
 * Returns: (nullable): name of the visible page; NULL before the first was shown
 */
const char *
cc_shell_get_page (CcShell *self)
{
  g_return_val_if_fail (CC_IS_SHELL (self), NULL);
  return gtk_stack_get_visible_child_name (self->stack);
}

void
cc_shell_refresh (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  if (self->page != NULL)
    cc_page_refresh (self->page);
}

/**
 * Takes an act back; 0 stands for the newest that can be.
 */
void
cc_shell_undo (CcShell *self, gint64 seq)
{
  g_return_if_fail (CC_IS_SHELL (self));
  if (self->session != NULL)
    cc_undo_run (GTK_WIDGET (self), self->session, seq);
}

void
cc_shell_redo (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  if (self->session != NULL)
    cc_redo_run (GTK_WIDGET (self), self->session);
}

void
cc_shell_toggle_sidebar (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

void
cc_shell_popup_menu (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  gtk_menu_button_popup (self->menu_button);
}

static GtkWidget *
get_first_page (CcShell *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->stack));
}

/* A field that still has the keys has not said its last word. */
static void
commit_field (CcShell *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)))
    return;
  g_object_ref (focus);
  gtk_root_set_focus (root, NULL);
  if (gtk_widget_get_root (focus) == root && gtk_widget_get_mapped (focus))
    gtk_root_set_focus (root, focus);
  g_object_unref (focus);
}

/**
 * Shows the first page with something unsaved and asks what is to be done with it.
 *
 * go_on: called when that is settled, if ever; there may be more
 *
 * Returns: FALSE where nothing is unsaved; then nothing is called
 */
gboolean
cc_shell_ask_unsaved (CcShell *self, CcPageFunc go_on, gpointer user_data)
{
  g_return_val_if_fail (CC_IS_SHELL (self) && go_on != NULL, FALSE);
  commit_field (self);
  for (GtkWidget *page = get_first_page (self); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (cc_page_has_unsaved (CC_PAGE (page)))
      {
        if (page != GTK_WIDGET (self->page))
          gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s",
                                      gtk_stack_page_get_name (
                                          gtk_stack_get_page (self->stack, page)));
        cc_page_ask_unsaved (CC_PAGE (page), go_on, user_data);
        return TRUE;
      }
  return FALSE;
}

/**
 * Saves without asking what can be stored of what is unsaved.
 */
void
cc_shell_keep_unsaved (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  commit_field (self);
  for (GtkWidget *page = get_first_page (self); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    cc_page_keep_unsaved (CC_PAGE (page));
}

CcKept
cc_shell_get_kept (CcShell *self)
{
  CcKept kept = CC_KEPT_NOTHING;

  g_return_val_if_fail (CC_IS_SHELL (self), CC_KEPT_NOTHING);
  for (GtkWidget *page = get_first_page (self); page != NULL && kept != CC_KEPT_BUSY;
       page = gtk_widget_get_next_sibling (page))
    {
      const CcKept of_page = cc_page_get_kept (CC_PAGE (page));

      kept = of_page == CC_KEPT_BUSY ? of_page : MAX (kept, of_page);
    }
  return kept;
}

guint
cc_shell_count_waiting (CcShell *self)
{
  guint n = 0;

  g_return_val_if_fail (CC_IS_SHELL (self), 0);
  for (GtkWidget *page = get_first_page (self); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    n += cc_page_count_waiting (CC_PAGE (page));
  return n;
}

void
cc_shell_tell_forgotten (CcShell *self, guint n)
{
  g_return_if_fail (CC_IS_SHELL (self));
  for (guint i = 0; i < cc_pages_get_n (); i++)
    cc_page_tell_forgotten (get_page (self, cc_pages_get (i)), n);
}
