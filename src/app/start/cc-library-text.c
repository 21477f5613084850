/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-library-text.h"

#include <glib/gi18n.h>

char *
cc_library_text_size (CcTexts *texts, const char *language, goffset size)
{
  const double     kilobytes = (double) size / 1e3;
  g_autofree char *text = NULL;

  g_return_val_if_fail (texts != NULL && language != NULL, NULL);
  if (kilobytes >= 1e6)
    {
      text = cc_texts_number (texts, language, kilobytes / 1e6, 1);
      /* Translators: sizes of files; %s is a number such as 12.4. */
      return g_strdup_printf (_ ("%s GB"), text);
    }
  if (kilobytes >= 1e3)
    {
      text = cc_texts_number (texts, language, kilobytes / 1e3, 1);
      return g_strdup_printf (_ ("%s MB"), text);
    }
  text = cc_texts_number (texts, language, kilobytes, 0);
  return g_strdup_printf (_ ("%s kB"), text);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
cc_library_text_when (CcTexts *texts, const char *language, gint64 now, gint64 then)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (then);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);
  g_autofree char *hour = g_date_time_format (day, "%-H:%M");

  g_return_val_if_fail (texts != NULL && language != NULL, NULL);
  if (is_same_day (day, today))
    /* Translators: %s is a time such as 14:02; part of “changed today at 14:02”. */
    return g_strdup_printf (_ ("today at %s"), hour);
  if (is_same_day (day, yesterday))
    return g_strdup_printf (_ ("yesterday at %s"), hour);
  return cc_texts_date (texts, language,
                        cc_day_from_ymd (g_date_time_get_year (day), g_date_time_get_month (day),
                                         g_date_time_get_day_of_month (day)));
}

static char *
describe (const CcLibraryItem *item,
          const char          *country,
          CcTexts             *texts,
          const char          *language,
          gint64               now)
{
  g_autofree char *size = NULL;
  g_autofree char *when = NULL;

  size = cc_library_text_size (texts, language, item->size);
  when = cc_library_text_when (texts, language, now, item->modified);
  if (item->in_use && country != NULL)
    /* Translators: about a case file: country, size. */
    return g_strdup_printf (_ ("%1$s · %2$s · open in a window"), country, size);
  if (item->in_use)
    return g_strdup_printf (_ ("%s · open in a window"), size);
  if (country != NULL)
    /* Translators: about a case file: country, size, “today at 14:02”. */
    return g_strdup_printf (_ ("%1$s · %2$s · changed %3$s"), country, size, when);
  return g_strdup_printf (_ ("%1$s · changed %2$s"), size, when);
}

char *
cc_library_text_describe (const CcLibraryItem *item,
                          const char          *country,
                          CcTexts             *texts,
                          const char          *language,
                          gint64               now)
{
  g_autofree char *about = NULL;
  g_autofree char *when = NULL;

  g_return_val_if_fail (item != NULL && texts != NULL && language != NULL, NULL);
  about = describe (item, country, texts, language, now);
  if (item->backup == 0 && item->mark == CC_LIBRARY_MARK_UNKNOWN)
    /* Translators: about a case file whose country is not known yet: what was said so far. */
    return g_strdup_printf (_ ("%s · never opened here"), about);
  if (item->backup == 0)
    /* Translators: about a case file: what was said so far. */
    return g_strdup_printf (_ ("%s · no backup yet"), about);
  when = cc_library_text_when (texts, language, now, item->backup);
  /* Translators: about a case file: what was said so far, “today at 14:02”. */
  return g_strdup_printf (_ ("%1$s · backup %2$s"), about, when);
}
