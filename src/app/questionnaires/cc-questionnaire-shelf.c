/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-questionnaire-shelf.h"

#include "cc-questionnaire-choice.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/stats/cc-count.h>

/* Where a definition of one's own is put; beside the library of case files. */
char *
cc_questionnaire_shelf_get_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "casecount", "questionnaires", NULL);
}

/* A file without a dated victim has no year, which is no failure. */
static gboolean
read_newest_year (CcQuestionnaireShelf *self, CcCaseFile *file, GError **error)
{
  GError *problem = NULL;
  g_autoptr (GArray) periods = cc_periods_new_reported (file, 1, &problem);

  if (periods != NULL && periods->len > 0)
    self->newest_year =
        cc_day_year (g_array_index (periods, CcPeriod, periods->len - 1).interval.first);
  else if (problem != NULL && !g_error_matches (problem, CC_ERROR, CC_ERROR_USAGE))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  return TRUE;
}

static void
free_entry (gpointer data)
{
  cc_questionnaire_entry_free (data);
}

gpointer
cc_questionnaire_shelf_load (CcSession    *session,
                             CcConnection *connection,
                             gpointer      data,
                             GCancellable *cancellable,
                             GError      **error)
{
  CcCaseFile *file = cc_session_get_file (session);
  g_autoptr (CcQuestionnaireShelf) self = g_new0 (CcQuestionnaireShelf, 1);

  self->folder = cc_questionnaire_shelf_get_folder ();
  self->entries = cc_questionnaire_list (cc_case_file_get_pack (file), self->folder, error);
  if (self->entries == NULL)
    return NULL;
  g_ptr_array_set_free_func (self->entries, free_entry);
  self->releases = cc_release_list (connection, error);
  if (self->releases == NULL || !read_newest_year (self, file, error))
    return NULL;
  self->head = cc_release_find_head (connection, NULL, error);
  if (self->head == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
cc_questionnaire_shelf_free (CcQuestionnaireShelf *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->releases, g_ptr_array_unref);
  g_free (self->folder);
  g_free (self->head);
  g_free (self);
}

const CcRelease *
cc_questionnaire_shelf_find_last (const CcQuestionnaireShelf *self, const char *questionnaire)
{
  for (guint i = 0; i < self->releases->len; i++)
    if (g_str_equal (((CcRelease *) self->releases->pdata[i])->questionnaire, questionnaire))
      return self->releases->pdata[i];
  return NULL;
}

char *
cc_questionnaire_shelf_title_entry (const CcQuestionnaireEntry *entry, CcSession *session)
{
  const char *title = NULL;

  if (entry->questionnaire != NULL)
    title = cc_questionnaire_get_title (entry->questionnaire, cc_session_get_language (session));
  return g_strdup (title != NULL ? title : entry->id);
}

static char *
describe_problem (const CcQuestionnaireEntry *entry)
{
  for (guint i = 0; entry->problems != NULL && i < entry->problems->len; i++)
    {
      const CcDefinitionProblem *problem = entry->problems->pdata[i];

      if (problem->severity == CC_SEVERITY_ERROR)
        return g_strdup (problem->message);
    }
  return g_strdup (_ ("The definition has errors and cannot be used."));
}

static void
add_sentence (GString *text, const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, sentence);
}

char *
cc_questionnaire_shelf_describe_entry (const CcQuestionnaireShelf *self,
                                       const CcQuestionnaireEntry *entry,
                                       CcSession                  *session)
{
  CcQuestionnaire *questionnaire = entry->questionnaire;
  const CcRelease *last = cc_questionnaire_shelf_find_last (self, entry->id);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *issuer;

  if (questionnaire == NULL)
    return describe_problem (entry);
  issuer = cc_questionnaire_get_text (questionnaire, "questionnaire", "issuer",
                                      cc_session_get_language (session));
  if (issuer != NULL && *issuer != '\0')
    {
      /* Translators: %s is the organisation that a questionnaire is sent to. */
      g_autofree char *sentence = g_strdup_printf (_ ("Asked by %s"), issuer);

      add_sentence (text, sentence);
    }
  if (cc_questionnaire_is_stand_in (questionnaire))
    add_sentence (text, _ ("A stand-in for practice, not the authority’s own form"));
  if (entry->from_user)
    add_sentence (text, _ ("From your own folder"));
  if (last != NULL)
    {
      g_autofree char *day = cc_session_format_time (session, last->time);
      /* Translators: %s is a day and time. */
      g_autofree char *sentence = g_strdup_printf (_ ("Last handed in %s"), day);

      add_sentence (text, sentence);
    }
  else
    add_sentence (text, _ ("Not handed in yet"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "2020–2024" of "2020;2021;2022;2023;2024". */
char *
cc_release_describe_periods (const CcRelease *release)
{
  g_auto (GStrv) codes = g_strsplit (release->periods, ";", -1);
  const guint n = g_strv_length (codes);

  if (n <= 1)
    return g_strdup (release->periods);
  /* Translators: a range of years: the first and the last. */
  return g_strdup_printf (C_ ("years", "%s–%s"), codes[0], codes[n - 1]);
}

const char *
cc_audience_describe (const char *audience)
{
  if (g_str_equal (audience, "public"))
    return _ ("For the public");
  if (g_str_equal (audience, "agency"))
    return _ ("For an agency");
  if (g_str_equal (audience, "research"))
    return _ ("For research");
  return _ ("For the authority");
}

char *
cc_release_describe (const CcRelease *release, CcSession *session)
{
  g_autofree char *when = cc_session_format_time (session, release->time);
  g_autofree char *years = cc_release_describe_periods (release);

  if (*release->user != '\0')
    /* Translators: what was handed in: day, user, years, language, audience. */
    return g_strdup_printf (_ ("%s · %s · %s · %s · %s"), when, release->user, years,
                            cc_questionnaire_language_name (release->language),
                            cc_audience_describe (release->audience));
  /* Translators: what was handed in: day, years, language, audience. */
  return g_strdup_printf (_ ("%s · %s · %s · %s"), when, years,
                          cc_questionnaire_language_name (release->language),
                          cc_audience_describe (release->audience));
}

char *
cc_release_describe_checks (const CcRelease *release)
{
  g_autofree char *errors = NULL;
  g_autofree char *warnings = NULL;

  if (release->n_errors == 0 && release->n_warnings == 0)
    return g_strdup (_ ("No errors, no warnings"));
  errors =
      g_strdup_printf (ngettext ("%u error", "%u errors", release->n_errors), release->n_errors);
  warnings = g_strdup_printf (ngettext ("%u warning", "%u warnings", release->n_warnings),
                              release->n_warnings);
  /* Translators: counts of errors and of warnings, each with its word. */
  return g_strdup_printf (_ ("%s, %s"), errors, warnings);
}
