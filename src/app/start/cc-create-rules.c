/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-create-rules.h"

#include <glib/gi18n.h>
#include <cc/base/cc-text.h>

#include <string.h>

/* A practice file holds nothing worth hiding: any passphrase will do. */
static gboolean
is_strong_enough (const CcCreateValues *values, CcPassphraseLevel level)
{
  return level >= (values->practice ? CC_PASSPHRASE_TOO_EASY : CC_PASSPHRASE_WEAK);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || cc_text_is_blank (text);
}

/* The first thing that is missing, in the order of the form. */
static const char *
choose_hint (const CcCreateValues *values, const CcCreateState *state)
{
  if (values->country == NULL)
    return _ ("Choose the country whose persons are counted.");
  if (cc_text_is_blank (values->name))
    return _ ("Give the case file a name.");
  if (*values->passphrase == '\0')
    return _ ("Choose a passphrase.");
  if (!is_strong_enough (values, state->level))
    return _ ("Choose a passphrase that is harder to guess.");
  if (*values->again == '\0')
    return _ ("Type the passphrase a second time.");
  if (state->mismatch)
    return _ ("The two passphrases differ.");
  if (!is_blank (values->hat) && is_blank (values->user))
    return _ ("Write your name beside what you work as.");
  return "";
}

void
cc_create_rules_apply (const CcCreateValues *values, CcCreateState *state)
{
  const char *known[4] = { NULL };
  guint       n = 0;

  g_return_if_fail (values != NULL && state != NULL);
  if (values->country != NULL)
    known[n++] = values->country;
  if (values->country_label != NULL)
    known[n++] = values->country_label;
  known[n++] = values->name;
  state->level = cc_passphrase_level (cc_passphrase_bits (values->passphrase, known));
  /* While the second is being typed it is no mistake yet. */
  state->mismatch = *values->again != '\0'
                    && strncmp (values->passphrase, values->again, strlen (values->again)) != 0;
  state->hint = choose_hint (values, state);
  if (*state->hint == '\0' && strcmp (values->passphrase, values->again) != 0)
    state->hint = _ ("Type the passphrase a second time.");
  state->complete = *state->hint == '\0';
}
