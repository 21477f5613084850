/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-losses.h"

#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>

/* Values named in a sentence, and sentences in a question: who wants all looks at the step. */
#define MAX_TEXTS 3
#define MAX_LINES 5

GPtrArray *
cc_import_list_losses (CcImportDraft *draft, GPtrArray *plans)
{
  CcCaseFile *file = cc_session_get_file (draft->session);
  CcPack     *pack = cc_case_file_get_pack (file);
  g_autoptr (GPtrArray) made = plans != NULL
                                   ? g_ptr_array_ref (plans)
                                   : cc_value_plan_list (pack, draft->map, draft->inspection,
                                                         cc_case_file_get_country (file));

  return cc_import_loss_list (pack, draft->map, draft->inspection, made);
}

void
cc_import_set_losses (CcImportDraft *draft, GPtrArray *losses)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (draft) && losses != NULL);
  g_clear_pointer (&draft->losses, g_ptr_array_unref);
  draft->losses = losses;
}

static guint
count_large (CcImportDraft *draft)
{
  guint n = 0;

  for (guint i = 0; draft->losses != NULL && i < draft->losses->len; i++)
    {
      const CcImportLoss *loss = g_ptr_array_index (draft->losses, i);

      n += cc_import_loss_is_large (loss) ? loss->n_rows : 0;
    }
  return n;
}

void
cc_import_leave_open (CcImportDraft *draft)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (draft));
  draft->left_open = count_large (draft);
}

/* “M”, “H”, “X” … */
static char *
join_texts (const CcImportLoss *loss)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (loss->texts->len, MAX_TEXTS); i++)
    {
      g_autofree char *isolated = cc_isolate (g_ptr_array_index (loss->texts, i));
      /* Translators: a value as an agency wrote it. */
      g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), isolated);

      g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "", quoted);
    }
  if (loss->texts->len > MAX_TEXTS)
    g_string_append (text, " …");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_values (const CcImportLoss *loss, const char *rows, const char *label)
{
  g_autofree char *texts = join_texts (loss);

  if (loss->cases)
    /* Translators: a number of cases, what they will not have ("Country of exploitation"), and the
     * values that nobody has explained, in quotation marks. */
    return g_strdup_printf (ngettext ("%s case will have no “%s”: nobody has said what is meant by "
                                      "%s.",
                                      "%s cases will have no “%s”: nobody has said what is meant "
                                      "by %s.",
                                      loss->n_rows),
                            rows, label, texts);
  /* Translators: a number of persons, what they will not have ("Sex"), and the values that nobody
   * has explained, in quotation marks. */
  return g_strdup_printf (ngettext ("%s person will have no “%s”: nobody has said what is meant by "
                                    "%s.",
                                    "%s persons will have no “%s”: nobody has said what is meant "
                                    "by %s.",
                                    loss->n_rows),
                          rows, label, texts);
}

static char *
describe_parts (const CcImportLoss *loss, const char *rows, const char *label)
{
  g_autofree char *texts = join_texts (loss);

  if (loss->cases)
    /* Translators: a number of cases, what they will have in part only ("Form of exploitation"),
     * and the values that nobody has explained, in quotation marks. */
    return g_strdup_printf (ngettext ("%s case will have a part of “%s” only: nobody has said what "
                                      "is meant by %s.",
                                      "%s cases will have a part of “%s” only: nobody has said "
                                      "what is meant by %s.",
                                      loss->n_rows),
                            rows, label, texts);
  /* Translators: a number of persons, what they will have in part only ("Form of exploitation"),
   * and the values that nobody has explained, in quotation marks. */
  return g_strdup_printf (ngettext ("%s person will have a part of “%s” only: nobody has said what "
                                    "is meant by %s.",
                                    "%s persons will have a part of “%s” only: nobody has said "
                                    "what is meant by %s.",
                                    loss->n_rows),
                          rows, label, texts);
}

char *
cc_import_describe_loss (CcSession *session, const CcImportLoss *loss)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  g_autofree char *rows = cc_session_format_number (session, loss->n_rows);
  const char      *label =
      cc_pack_get_label (pack, "variable", loss->variable->id, cc_session_get_language (session));

  if (label == NULL)
    label = loss->variable->name;
  switch (loss->kind)
    {
    case CC_LOSS_DATE:
      {
        g_autofree char *header = cc_isolate (loss->header);

        /* Translators: a number of dates, and the header of their column. */
        return g_strdup_printf (ngettext ("%s date of “%s” may be one of two days: nobody has said "
                                          "whether the day or the month comes first.",
                                          "%s dates of “%s” may be one of two days: nobody has "
                                          "said whether the day or the month comes first.",
                                          loss->n_rows),
                                rows, header);
      }
    case CC_LOSS_PART:
      return describe_parts (loss, rows, label);
    case CC_LOSS_VALUE:
    default:
      return describe_values (loss, rows, label);
    }
}

char *
cc_import_describe_largest (CcImportDraft *draft)
{
  if (draft->losses == NULL || draft->losses->len == 0)
    return NULL;
  return cc_import_describe_loss (draft->session, g_ptr_array_index (draft->losses, 0));
}

char *
cc_import_ask_losses (CcImportDraft *draft)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  g_return_val_if_fail (CC_IS_IMPORT_DRAFT (draft), NULL);
  if (count_large (draft) <= draft->left_open)
    return NULL;
  for (guint i = 0; i < draft->losses->len && n < MAX_LINES; i++)
    {
      const CcImportLoss *loss = g_ptr_array_index (draft->losses, i);
      g_autofree char    *line = NULL;

      if (!cc_import_loss_is_large (loss))
        continue;
      line = cc_import_describe_loss (draft->session, loss);
      g_string_append_printf (text, "%s%s", n++ > 0 ? "\n\n" : "", line);
    }
  g_string_append_printf (text, "\n\n%s",
                          _ ("What stays open is kept as text, counts as not collected, and can "
                             "be settled later."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
