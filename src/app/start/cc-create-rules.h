/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cc-passphrase.h"

G_BEGIN_DECLS

/* The form for a new case file, as typed. */
typedef struct
{
  const char *country; /* NULL: not chosen */
  const char *country_label;
  const char *name;
  const char *passphrase;
  const char *again;
  const char *user; /* NULL as "": whoever makes the file may stay without a name */
  const char *hat;  /* NULL as "": what that person works as */
  gboolean    practice;
} CcCreateValues;

/* The field that a message is about. */
typedef enum
{
  CC_CREATE_FIELD_NONE,
  CC_CREATE_FIELD_FOLDER, /* of all case files: no field */
  CC_CREATE_FIELD_NAME,
  CC_CREATE_FIELD_USER,
  CC_CREATE_FIELD_HAT,
} CcCreateField;

/* What follows from it. No widgets here. */
typedef struct
{
  gboolean          complete; /* the file may be made */
  CcPassphraseLevel level;
  gboolean          mismatch; /* both passphrases are typed and differ */
  const char       *hint;     /* what is still missing, in the user's language; "" when complete */
} CcCreateState;

void cc_create_rules_apply (const CcCreateValues *values, CcCreateState *state);

G_END_DECLS
