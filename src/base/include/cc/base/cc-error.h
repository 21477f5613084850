/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CC_ERROR (cc_error_quark ())

/* Reasons a caller can act on. Every layer reports in this one domain; the message says in a
 * statistician's words what happened, what was kept and what to do. Cancelling is reported as
 * G_IO_ERROR_CANCELLED, as everywhere in GLib. */
typedef enum
{
  CC_ERROR_FAILED,
  CC_ERROR_USAGE,
  CC_ERROR_NOT_FOUND,
  CC_ERROR_EXISTS,
  CC_ERROR_INVALID_DATA,
  CC_ERROR_FOREIGN_FORMAT,
  CC_ERROR_NEWER_VERSION,
  CC_ERROR_OLDER_VERSION,
  CC_ERROR_WRONG_PASSPHRASE,
  CC_ERROR_DAMAGED,
  CC_ERROR_LOCKED,
  CC_ERROR_READ_ONLY,
  CC_ERROR_NO_SPACE,
  CC_ERROR_LIMIT,
  CC_ERROR_REFUSED,
  CC_ERROR_DENIED,     /* whoever runs the program may not read it */
  CC_ERROR_BUSY,       /* a program that is not ours holds it at this moment */
  CC_ERROR_UNFINISHED, /* what another program left half done cannot be put in order here */
  CC_ERROR_NO_LOCKS,   /* where it lies, two programs cannot be kept apart */
} CcError;

GQuark cc_error_quark (void);

G_END_DECLS
