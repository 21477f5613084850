/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-number-lines.h"

#include "cc-import-choice.h"
#include "cc-import-texts.h"

#include <glib/gi18n.h>

guint
cc_import_count_numbers (GPtrArray *questions, gboolean open)
{
  guint n = 0;

  for (guint i = 0; i < questions->len; i++)
    n += ((CcNumberQuestion *) g_ptr_array_index (questions, i))->decided != open;
  return n;
}

static char *
describe_mark (CcImportDraft *draft, const CcNumberQuestion *question)
{
  g_autofree char *number = cc_session_format_number (draft->session, question->number);

  if (question->mark == CC_NUMBER_MARK_DECIMALS)
    return question->sign == '.' ? g_strdup (_ ("The point stands before decimals"))
                                 : g_strdup (_ ("The comma stands before decimals"));
  /* Translators: %s is the number that is meant, such as 1 200 for "1.200". */
  return g_strdup_printf (question->sign == '.' ? _ ("The point parts thousands: %s")
                                                : _ ("The comma parts thousands: %s"),
                          number);
}

void
cc_import_show_number (CcImportDraft *draft, CcImportLine *line)
{
  CcNumberQuestion *question = line->subject;

  cc_number_question_look (question, draft->map);
  if (!question->decided && question->sign != '\0')
    cc_import_line_set_ours (line, CC_MARK_ASK, g_strdup (_ ("Thousands, or decimals?")),
                             g_strdup (_ ("The numbers fit both. Please choose.")));
  else if (!question->decided)
    cc_import_line_set_ours (line, CC_MARK_ASK, g_strdup (_ ("What does it mean?")),
                             g_strdup (_ ("It says no exact number. Without an answer it is kept "
                                          "as text.")));
  else if (question->sign != '\0')
    cc_import_line_set_ours (line, CC_MARK_GOOD, describe_mark (draft, question),
                             g_strdup (_ ("chosen by you or before")));
  else if (question->no_value == CC_NO_VALUE_NOT_COLLECTED)
    cc_import_line_set_ours (line, CC_MARK_QUIET, g_strdup (_ ("Not collected")),
                             g_strdup (_ ("chosen by you or before")));
  else if (question->no_value != CC_NO_VALUE_NONE)
    cc_import_line_set_ours (line, CC_MARK_GOOD, cc_import_describe_no_value (question->no_value),
                             g_strdup (_ ("chosen by you or before")));
  else
    cc_import_line_set_ours (line, CC_MARK_GOOD,
                             cc_session_format_number (draft->session, question->meaning),
                             g_strdup (_ ("chosen by you or before")));
}

CcImportLine *
cc_import_create_number (CcImportDraft *draft, CcNumberQuestion *question)
{
  CcImportLine    *line = cc_import_line_new (CC_LINE_PAIR, question->text);
  g_autofree char *number = cc_session_format_number (draft->session, question->count);

  line->subject = question;
  cc_import_line_set_theirs (line, NULL,
                             g_strdup_printf (ngettext ("%s time", "%s times", question->count),
                                              number));
  cc_import_show_number (draft, line);
  return line;
}

const char *
cc_import_get_number_title (const CcNumberQuestion *question)
{
  if (question->sign == '\0')
    return _ ("Meaning of the Number");
  return question->sign == '.' ? _ ("Point in Numbers") : _ ("Comma in Numbers");
}

char *
cc_import_ask_number (const CcNumberQuestion *question)
{
  if (question->sign == '\0')
    /* Translators: %s is what an agency wrote where a number is expected, such as "<5". */
    return g_strdup_printf (_ ("What does “%s” mean, wherever the agency writes it for a number?"),
                            question->text);
  /* Translators: %s is a number as an agency wrote it, such as "1.200". */
  return g_strdup_printf (question->sign == '.'
                              ? _ ("What does the point stand for in “%s” and the agency’s other "
                                   "numbers?")
                              : _ ("What does the comma stand for in “%s” and the agency’s other "
                                   "numbers?"),
                          question->text);
}

static void
add_choice (GListStore *choices,
            const char *value,
            const char *label,
            const char *detail,
            gboolean    chosen)
{
  g_autoptr (CcImportChoice) choice = cc_import_choice_new (value, label, detail, NULL);

  cc_import_choice_set_selected (choice, chosen);
  g_list_store_append (choices, choice);
}

static void
add_marks (CcImportDraft *draft, GListStore *choices, const CcNumberQuestion *question)
{
  g_autofree char *number = cc_session_format_number (draft->session, question->number);
  g_autofree char *thousands = NULL;

  /* Translators: a number as an agency wrote it, and the number it then is. */
  thousands = g_strdup_printf (_ ("“%1$s” is %2$s."), question->text, number);
  add_choice (choices, cc_number_mark_to_text (CC_NUMBER_MARK_THOUSANDS), _ ("It parts thousands"),
              thousands, question->mark == CC_NUMBER_MARK_THOUSANDS);
  add_choice (choices, cc_number_mark_to_text (CC_NUMBER_MARK_DECIMALS),
              _ ("It stands before decimals"),
              _ ("Then it is no number of persons or things, and is kept as text."),
              question->mark == CC_NUMBER_MARK_DECIMALS);
}

/* An end of the bounds that a text states: "5 to 10". */
static void
add_end (CcImportDraft          *draft,
         GListStore             *choices,
         const CcNumberQuestion *question,
         gint64                  end,
         const char             *detail)
{
  g_autofree char *label = cc_session_format_number (draft->session, end);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, end);

  if (end >= 0)
    add_choice (choices, value, label, detail, question->decided && question->meaning == end);
}

GListModel *
cc_import_list_numbers (CcImportDraft *draft, const CcNumberQuestion *question)
{
  static const CcNoValue no_values[] = { CC_NO_VALUE_UNKNOWN, CC_NO_VALUE_NOT_COLLECTED,
                                         CC_NO_VALUE_REFUSED, CC_NO_VALUE_NOT_APPLICABLE };
  GListStore            *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);

  if (question->sign != '\0')
    {
      add_marks (draft, choices, question);
      return G_LIST_MODEL (choices);
    }
  for (guint i = 0; i < G_N_ELEMENTS (no_values); i++)
    {
      g_autofree char *label = no_values[i] == CC_NO_VALUE_NOT_COLLECTED
                                   ? g_strdup (_ ("Not collected"))
                                   : cc_import_describe_no_value (no_values[i]);

      add_choice (choices, cc_no_value_to_code (no_values[i]), label, NULL,
                  question->decided && question->no_value == no_values[i]);
    }
  add_end (draft, choices, question, question->min, _ ("The lowest number that it can be"));
  if (question->max != question->min)
    add_end (draft, choices, question, question->max, _ ("The highest number that it can be"));
  return G_LIST_MODEL (choices);
}

void
cc_import_decide_number (CcImportDraft *draft, CcNumberQuestion *question, const char *answer)
{
  if (question->sign != '\0')
    cc_map_set_number_mark (draft->map, question->sign, cc_number_mark_from_text (answer));
  else
    cc_map_set_number (draft->map, question->text, answer);
  cc_number_question_look (question, draft->map);
}
