/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-sender-choice.h"

#include "cc-import-choice.h"
#include "cc-import-texts.h"
#include "present/cc-long-question.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>

static char *
get_kind (CcImportDraft *draft, const CcCode *type)
{
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (draft->session));

  return type != NULL
             ? cc_pack_get_code_label (pack, type, cc_session_get_language (draft->session))
             : g_strdup ("");
}

static gboolean
is_from_title (const CcGuess *guess)
{
  return g_strcmp0 (guess->words_reason, "intake.guess.title") == 0;
}

/* ---- the choices ---- */

static char *
describe_near (CcImportDraft *draft, const char *kind)
{
  g_autofree char *words = cc_isolate (draft->guess->words);

  if (is_from_title (draft->guess))
    /* Translators: the kind of an agency, and a title that holds nearly its name. */
    return g_strdup_printf (_ ("%s. A title in the file says nearly this: “%s”."), kind, words);
  /* Translators: the kind of an agency, and the name of a file that is nearly its name. */
  return g_strdup_printf (_ ("%s. The file’s name says nearly this: “%s”."), kind, words);
}

static CcImportChoice *
create_known (CcImportDraft *draft, const CcEntity *entity)
{
  const CcGuess   *guess = draft->guess;
  g_autofree char *kind = get_kind (draft, entity->type);
  g_autofree char *detail = NULL;
  CcImportChoice  *choice;

  if (guess != NULL && guess->near != NULL && g_str_equal (guess->near, entity->key))
    detail = describe_near (draft, kind);
  else if (guess != NULL && g_strcmp0 (guess->entity, entity->key) == 0)
    {
      g_autofree char *reason = cc_import_text (draft->session, guess->entity_reason);

      /* Translators: the kind of an agency, and why it is suggested. */
      detail = g_strdup_printf (_ ("%s · %s"), kind, reason);
    }
  else
    detail = g_steal_pointer (&kind);
  choice = cc_import_choice_new (entity->key, entity->name, detail, NULL);
  cc_import_choice_set_selected (choice, g_strcmp0 (entity->key, draft->entity) == 0);
  return choice;
}

static CcImportChoice *
create_new (CcImportDraft *draft, const char *name, const CcCode *type, const char *words)
{
  g_autofree char *isolated = cc_isolate (name);
  g_autofree char *kind = get_kind (draft, type);
  g_autofree char *said = cc_isolate (words);
  /* Translators: the name of an agency that is not known yet. */
  g_autofree char *label = g_strdup_printf (_ ("New agency: %s"), isolated);
  g_autofree char *detail = NULL;

  if (words == NULL)
    detail = g_steal_pointer (&kind);
  else if (is_from_title (draft->guess))
    /* Translators: the kind of an agency, and the title that holds its name. */
    detail = g_strdup_printf (_ ("%s. A title in the file speaks of it: “%s”."), kind, said);
  else
    /* Translators: the kind of an agency, and the name of a file. */
    detail = g_strdup_printf (_ ("%s. The file’s name speaks of it: “%s”."), kind, said);
  return cc_import_choice_new (CC_IMPORT_NEW_SENDER, label, detail, name);
}

static CcImportChoice *
create_newcomer (CcImportDraft *draft)
{
  const CcGuess  *guess = draft->guess;
  CcImportChoice *choice = NULL;

  if (draft->newcomer != NULL)
    {
      choice = create_new (draft, draft->newcomer->name, draft->newcomer->type, NULL);
      cc_import_choice_set_selected (choice, TRUE);
    }
  else if (guess != NULL && guess->entity == NULL && guess->new_name != NULL)
    choice = create_new (draft, guess->new_name, guess->new_type, guess->words);
  return choice;
}

static const char *
get_first (CcImportDraft *draft)
{
  if (draft->newcomer != NULL)
    return NULL;
  if (draft->entity != NULL)
    return draft->entity;
  return draft->guess != NULL ? draft->guess->near : NULL;
}

GListModel *
cc_import_list_senders (CcImportDraft *draft, gboolean *first)
{
  GListStore *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);
  const char *key = get_first (draft);
  g_autoptr (CcImportChoice) newcomer = create_newcomer (draft);

  *first = newcomer != NULL;
  if (newcomer != NULL)
    g_list_store_append (choices, newcomer);
  for (guint i = 0; i < draft->entities->len; i++)
    {
      const CcEntity *entity = g_ptr_array_index (draft->entities, i);
      g_autoptr (CcImportChoice) choice = create_known (draft, entity);

      if (g_strcmp0 (entity->key, key) == 0)
        {
          g_list_store_insert (choices, 0, choice);
          *first = TRUE;
        }
      else
        g_list_store_append (choices, choice);
    }
  return G_LIST_MODEL (choices);
}

/* ---- the row ---- */

static char *
describe_newcomer (CcImportDraft *draft)
{
  g_autofree char *name = cc_isolate (draft->guess->new_name);
  g_autofree char *kind = get_kind (draft, draft->guess->new_type);

  if (is_from_title (draft->guess))
    /* Translators: what a title in the file suggests: the name of an agency and its kind. */
    return g_strdup_printf (_ ("Not chosen yet. By a title in the file perhaps a new agency: %s "
                               "(%s)."),
                            name, kind);
  /* Translators: what the file's name suggests: the name of an agency and its kind. */
  return g_strdup_printf (_ ("Not chosen yet. By the file's name perhaps a new agency: %s (%s)."),
                          name, kind);
}

static const CcEntity *
find_agency (CcImportDraft *draft, const char *key)
{
  for (guint i = 0; key != NULL && i < draft->entities->len; i++)
    {
      const CcEntity *entity = g_ptr_array_index (draft->entities, i);

      if (g_str_equal (entity->key, key))
        return entity;
    }
  return NULL;
}

static char *
describe_unknown (CcImportDraft *draft)
{
  const CcGuess   *guess = draft->guess;
  const CcEntity  *near = guess != NULL ? find_agency (draft, guess->near) : NULL;
  g_autofree char *name = near != NULL ? cc_isolate (near->name) : NULL;

  if (name != NULL)
    /* Translators: the name of a known agency. */
    return g_strdup_printf (_ ("Not chosen yet. The file speaks of nearly this name: %s."), name);
  if (guess != NULL && guess->entity == NULL && guess->new_name != NULL)
    return describe_newcomer (draft);
  return g_strdup (draft->entities->len > 0 ? _ ("Not chosen yet. Choose who sent the file.")
                                            : _ ("No agency is known yet. Add the first one."));
}

char *
cc_import_describe_sender (CcImportDraft *draft)
{
  const CcEntity  *entity = cc_import_draft_get_entity (draft);
  g_autofree char *name = NULL;
  g_autofree char *reason = NULL;

  if (entity == NULL)
    return describe_unknown (draft);
  if (draft->entity_said || draft->guess == NULL || draft->guess->entity_reason == NULL)
    return g_strdup (entity->name);
  name = cc_isolate (entity->name);
  reason = cc_import_text (draft->session, draft->guess->entity_reason);
  /* Translators: the name of an agency, and why it is suggested. */
  return g_strdup_printf (_ ("%s (%s). Please check."), name, reason);
}

/* ---- the doubt ---- */

static char *
describe_words (CcImportDraft *draft)
{
  const CcGuess   *guess = draft->guess;
  const CcEntity  *named = guess->words_known ? find_agency (draft, guess->entity) : NULL;
  g_autofree char *words = cc_isolate (guess->words);
  g_autofree char *name = cc_isolate (named != NULL ? named->name : guess->new_name);

  if (named != NULL && is_from_title (guess))
    /* Translators: a title, and the name of the agency that stands in it. */
    return g_strdup_printf (_ ("A title in the file, “%s”, names %s."), words, name);
  if (named != NULL)
    /* Translators: the name of a file, and the name of the agency that stands in it. */
    return g_strdup_printf (_ ("The file’s name, “%s”, names %s."), words, name);
  if (is_from_title (guess))
    /* Translators: a title, and the name of an agency that is guessed from it. */
    return g_strdup_printf (_ ("A title in the file, “%s”, speaks of %s, which is no known "
                               "agency."),
                            words, name);
  /* Translators: the name of a file, and the name of an agency that is guessed from it. */
  return g_strdup_printf (_ ("The file’s name, “%s”, speaks of %s, which is no known agency."),
                          words, name);
}

GtkWindow *
cc_import_doubt_sender (GtkWidget *near, CcImportDraft *draft, const CcEntity *entity)
{
  g_autofree char  *name = cc_isolate (entity->name);
  g_autofree char  *words = NULL;
  g_autofree char  *what = NULL;
  g_autofree char  *heading = NULL;
  g_autofree char  *body = NULL;
  AdwMessageDialog *dialog;

  if (draft->guess == NULL
      || !cc_guess_contradicts (draft->guess, draft->inspection, draft->entities,
                                draft->submissions, entity))
    return NULL;
  words = describe_words (draft);
  /* Translators: the name of an agency. */
  heading = g_strdup_printf (_ ("Did %s Send This File?"), name);
  /* Translators: the name of an agency. */
  what = g_strdup_printf (_ ("If you keep %s, all cases of the file are kept as its cases."), name);
  body = g_strdup_printf ("%s\n\n%s", words, what);
  dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (near)), heading, body));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "keep",
                                    _ ("_Keep This Sender"), "choose", _ ("Choose _Again"), NULL);
  adw_message_dialog_set_default_response (dialog, "choose");
  adw_message_dialog_set_close_response (dialog, "cancel");
  cc_buttons_show_whole_labels (GTK_WIDGET (dialog));
  cc_long_question_scroll (dialog);
  return GTK_WINDOW (dialog);
}
