/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CC_PAGE_SIZE 4096
#define CC_SALT_SIZE 16
#define CC_KEY_SIZE  32
#define CC_HASH_SIZE 32

/* The key of a case file and the salt that stands at its beginning. Derived once; every further
 * connection takes it raw. Lies in memory that is not swapped where the system allows it. */
typedef struct
{
  guint8 key[CC_KEY_SIZE];
  guint8 salt[CC_SALT_SIZE];
} CcKey;

/* A SHA-256 over length-prefixed fields, so that no two different lists of fields run together. */
typedef struct _CcDigest CcDigest;

/* The authentication code of pages, under the key that is made of a file's key. */
typedef struct _CcPageCode CcPageCode;

/* An HMAC-SHA-256 that may change its key from message to message. */
typedef struct _CcMac CcMac;

CcKey   *cc_key_derive (const char *passphrase, const guint8 salt[CC_SALT_SIZE], GError **error);
CcKey   *cc_key_dup (const CcKey *self);
void     cc_key_free (CcKey *self);
gboolean cc_key_fits_page (const CcKey *self, const guint8 page[CC_PAGE_SIZE], guint32 number);

CcPageCode *cc_page_code_new (const CcKey *key);
void        cc_page_code_free (CcPageCode *self);
gboolean    cc_page_code_fits (CcPageCode *self, const guint8 page[CC_PAGE_SIZE], guint32 number);

gboolean cc_crypto_random (gpointer buffer, gsize size, GError **error);
void     cc_crypto_wipe (gpointer buffer, gsize size);

CcDigest *cc_digest_new (void);
void      cc_digest_free (CcDigest *self);
void      cc_digest_begin (CcDigest *self);
void      cc_digest_add_raw (CcDigest *self, gconstpointer data, gsize size);
void      cc_digest_add_text (CcDigest *self, const char *text);
void      cc_digest_add_int64 (CcDigest *self, gint64 number);
void      cc_digest_end (CcDigest *self, guint8 hash[CC_HASH_SIZE]);
char     *cc_digest_end_hex (CcDigest *self);

CcMac *cc_mac_new (void);
void   cc_mac_free (CcMac *self);
void   cc_mac_begin (CcMac *self, gconstpointer key, gsize key_size);
void   cc_mac_add_raw (CcMac *self, gconstpointer data, gsize size);
void   cc_mac_add_text (CcMac *self, const char *text);
void   cc_mac_end (CcMac *self, guint8 hash[CC_HASH_SIZE]);

char    *cc_hex_from_bytes (gconstpointer data, gsize size);
gboolean cc_hex_to_bytes (const char *hex, guint8 *data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcKey, cc_key_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcDigest, cc_digest_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcMac, cc_mac_free)

G_END_DECLS
