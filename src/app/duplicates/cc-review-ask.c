/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-ask.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_event (const char *kind)
{
  return strcmp (kind, "EV") == 0;
}

char *
cc_review_ask (const char *kind, guint n_records, guint n_persons)
{
  if (is_event (kind))
    return g_strdup_printf (ngettext ("Is this %u record one case?",
                                      "Are these %u records one case?", n_records),
                            n_records);
  if (n_persons > 2)
    return g_strdup_printf (ngettext ("Is this %u record one person?",
                                      "Are these %u records one person?", n_records),
                            n_records);
  return g_strdup (_ ("Is this the same person?"));
}

static const char *
explain_joined (const char *kind, guint n_records, guint n_persons)
{
  if (n_persons >= n_records)
    return NULL;
  return is_event (kind) ? _ ("Records marked ⚭ are one case already and stay together.")
                         : _ ("Records marked ⚭ are one person already and stay together.");
}

char *
cc_review_explain_question (const char *kind, guint n_records, guint n_persons)
{
  const char      *joined = explain_joined (kind, n_records, n_persons);
  g_autofree char *group = NULL;

  g_return_val_if_fail (kind != NULL, NULL);
  if (n_persons <= 2)
    return g_strdup (joined);
  /* Translators: “All Different” and “Take Out” are buttons below. */
  group = g_strdup (is_event (kind)
                        ? _ ("“All Different” means that no two of them are the same case. If only "
                             "one is another case, mark it and choose “Take Out”; the others are "
                             "asked again.")
                        : _ ("“All Different” means that no two of them are the same person. If "
                             "only one is somebody else, mark it and choose “Take Out”; the others "
                             "are asked again."));
  return joined != NULL ? g_strdup_printf ("%s %s", group, joined) : g_steal_pointer (&group);
}

const char *
cc_review_get_button_word (CcVerdict verdict, guint n_persons)
{
  if (verdict == CC_VERDICT_SAME)
    return n_persons > 2 ? _ ("All the Same") : _ ("Same");
  return n_persons > 2 ? _ ("All Different") : _ ("Different");
}

static char *
explain_of_group (CcVerdict verdict, gboolean event, guint n_records, guint n_persons)
{
  switch (verdict)
    {
    case CC_VERDICT_SAME:
      return g_strdup_printf (event ? ngettext ("This %u record is one case",
                                                "All %u records are one case", n_records)
                                    : ngettext ("This %u record is one person",
                                                "All %u records are one person", n_records),
                              n_records);
    case CC_VERDICT_RELATED:
      return g_strdup_printf (event
                                  ? ngettext ("%u case that belongs together with others",
                                              "%u different cases that belong together", n_persons)
                                  : ngettext ("%u person who belongs together with others",
                                              "%u different persons who belong together",
                                              n_persons),
                              n_persons);
    default:
      return g_strdup_printf (event
                                  ? ngettext ("No two are the same: %u case",
                                              "No two are the same: %u different cases", n_persons)
                                  : ngettext ("No two are the same: %u person",
                                              "No two are the same: %u different persons",
                                              n_persons),
                              n_persons);
    }
}

char *
cc_review_explain_verdict (CcVerdict verdict, const char *kind, guint n_records, guint n_persons)
{
  g_return_val_if_fail (kind != NULL, NULL);
  if (n_persons > 2)
    return explain_of_group (verdict, is_event (kind), n_records, n_persons);
  switch (verdict)
    {
    case CC_VERDICT_SAME:
      return g_strdup (is_event (kind) ? _ ("The records are one case")
                                       : _ ("The records are one person"));
    case CC_VERDICT_RELATED:
      return g_strdup (is_event (kind) ? _ ("Different cases that belong together")
                                       : _ ("Different persons who belong together"));
    default:
      return g_strdup (is_event (kind) ? _ ("The records are different cases")
                                       : _ ("The records are different persons"));
    }
}

static char *
describe_taken_out (gboolean event, guint n_others)
{
  return g_strdup_printf (event ? ngettext ("Noted: the record is another case than the other %u",
                                            "Noted: the record is another case than the other %u",
                                            n_others)
                                : ngettext ("Noted: the record is another person than the other %u",
                                            "Noted: the record is another person than the other %u",
                                            n_others),
                          n_others);
}

char *
cc_review_describe_decided (CcVerdict   verdict,
                            const char *kind,
                            guint       n_records,
                            guint       n_persons,
                            gboolean    taken_out)
{
  const gboolean event = is_event (kind);

  g_return_val_if_fail (kind != NULL, NULL);
  if (taken_out)
    return describe_taken_out (event, n_records - 1);
  switch (verdict)
    {
    case CC_VERDICT_SAME:
      return g_strdup_printf (event ? ngettext ("Noted: %u record is one case",
                                                "Noted: %u records are one case", n_records)
                                    : ngettext ("Noted: %u record is one person",
                                                "Noted: %u records are one person", n_records),
                              n_records);
    case CC_VERDICT_DIFFERENT:
      return g_strdup_printf (event ? ngettext ("Noted: %u case", "Noted: %u different cases",
                                                n_persons)
                                    : ngettext ("Noted: %u person", "Noted: %u different persons",
                                                n_persons),
                              n_persons);
    case CC_VERDICT_RELATED:
      return g_strdup_printf (event ? ngettext ("Noted: %u case, related",
                                                "Noted: %u different cases, related", n_persons)
                                    : ngettext ("Noted: %u person, related",
                                                "Noted: %u different persons, related", n_persons),
                              n_persons);
    case CC_VERDICT_UNDECIDED:
    default:
      return g_strdup (_ ("Put to the end of the queue"));
    }
}
