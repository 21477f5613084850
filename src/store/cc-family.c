/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-family-private.h"

#include "cc-case-file-private.h"
#include "cc-crypto-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

static char *
derive (const char *secret)
{
  static const char purpose[] = "casecount family 1";
  guint8            key[CC_KEY_SIZE], hash[CC_HASH_SIZE];
  g_autoptr (CcMac) mac = NULL;
  char *family;

  if (!cc_hex_to_bytes (secret, key, sizeof key))
    return NULL;
  mac = cc_mac_new ();
  cc_mac_begin (mac, key, sizeof key);
  cc_mac_add_raw (mac, purpose, sizeof purpose);
  cc_mac_end (mac, hash);
  cc_crypto_wipe (key, sizeof key);
  family = cc_hex_from_bytes (hash, sizeof hash);
  return family;
}

char *
cc_family_read (CcConnection *connection, GError **error)
{
  GError          *problem = NULL;
  g_autofree char *secret = NULL;
  char            *family;

  family = cc_case_file_read_meta (connection, CC_FAMILY_META, &problem);
  if (problem == NULL && family == NULL)
    secret = cc_case_file_read_meta (connection, "record-secret", &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  if (family == NULL && secret != NULL)
    family = derive (secret);
  if (secret != NULL)
    cc_crypto_wipe (secret, strlen (secret));
  if (family == NULL)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED,
                         "The file lacks the secret by which records are recognised. Nothing was "
                         "changed. Restore the newest backup.");
  return family;
}
