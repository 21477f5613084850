/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-language.h"

#include <glib/gi18n.h>
#include <cc/model/cc-pack.h>

static const char *labels; /* one of cc_pack_languages, or NULL */

/**
 * Returns: (transfer none): one of cc_pack_languages, taken from the catalogue in use
 */
const char *
cc_language_get (void)
{
  /* Translators: the two-letter code of your language if it is en, fr, pt, es, ar or sw; labels of
   * the data appear in it. Other languages leave "en". */
  const char *code = C_ ("language of the data", "en");

  for (guint i = 0; cc_pack_languages[i] != NULL; i++)
    if (g_str_equal (cc_pack_languages[i], code))
      return cc_pack_languages[i];
  return "en";
}

const char *
cc_language_get_labels (void)
{
  const char *chosen = g_atomic_pointer_get (&labels);

  return chosen != NULL ? chosen : cc_language_get ();
}

/**
 * code: (nullable): one of cc_pack_languages; others are passed over
 */
void
cc_language_set_labels (const char *code)
{
  const char *chosen = NULL;

  for (guint i = 0; code != NULL && cc_pack_languages[i] != NULL; i++)
    if (g_str_equal (cc_pack_languages[i], code))
      chosen = cc_pack_languages[i];
  g_atomic_pointer_set (&labels, chosen);
}
