/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-crypto-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-secret.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <string.h>

/* SQLCipher 4's settings, which its file format fixes: PBKDF2-HMAC-SHA512 with this many rounds for
 * the key, two rounds over the masked salt for the key of the page codes, and at each page's end
 * 16 bytes of initialisation vector and 64 bytes of HMAC-SHA512. */
#define KDF_ROUNDS      256000
#define PAGE_KDF_ROUNDS 2
#define SALT_MASK       0x3a
#define PAGE_CODE_SIZE  64

struct _CcDigest
{
  EVP_MD_CTX *context;
};

struct _CcMac
{
  EVP_MAC     *mac;
  EVP_MAC_CTX *context;
};

/* Out of memory inside libcrypto is treated as GLib treats it elsewhere. */
static void
require (int ok)
{
  if (ok != 1)
    g_error ("libcrypto failed");
}

/**
 * Derives the key of a case file as SQLCipher 4 does, so that the file opens with the same
 * passphrase in any tool that knows the format. Takes about 0.15 s; never on a main loop.
 *
 * passphrase: UTF-8, used byte by byte
 * salt: the first 16 bytes of the file
 *
 * Returns: (transfer full): the key, wiped when freed; NULL with an error
 */
CcKey *
cc_key_derive (const char *passphrase, const guint8 salt[CC_SALT_SIZE], GError **error)
{
  CcKey *self = cc_secret_alloc (sizeof *self);

  memcpy (self->salt, salt, CC_SALT_SIZE);
  if (PKCS5_PBKDF2_HMAC (passphrase, (int) strlen (passphrase), salt, CC_SALT_SIZE, KDF_ROUNDS,
                         EVP_sha512 (), CC_KEY_SIZE, self->key)
      != 1)
    {
      cc_key_free (self);
      g_set_error_literal (error, CC_ERROR, CC_ERROR_FAILED,
                           "The key could not be computed from the passphrase. Nothing was "
                           "changed.");
      return NULL;
    }
  return self;
}

CcKey *
cc_key_dup (const CcKey *self)
{
  CcKey *copy = cc_secret_alloc (sizeof *copy);

  memcpy (copy, self, sizeof *copy);
  return copy;
}

/* Allows NULL. */
void
cc_key_free (CcKey *self)
{
  cc_secret_free (self);
}

struct _CcPageCode
{
  EVP_MAC     *mac;
  EVP_MAC_CTX *context; /* keyed */
};

/* What tells the pages of a file that were written with this key from all others. */
CcPageCode *
cc_page_code_new (const CcKey *key)
{
  CcPageCode *self = g_new0 (CcPageCode, 1);
  guint8      salt[CC_SALT_SIZE];
  guint8      page_key[CC_KEY_SIZE];
  char        digest[] = "SHA512";
  OSSL_PARAM  params[2];

  for (guint i = 0; i < CC_SALT_SIZE; i++)
    salt[i] = key->salt[i] ^ SALT_MASK;
  require (PKCS5_PBKDF2_HMAC ((const char *) key->key, CC_KEY_SIZE, salt, CC_SALT_SIZE,
                              PAGE_KDF_ROUNDS, EVP_sha512 (), CC_KEY_SIZE, page_key));
  self->mac = EVP_MAC_fetch (NULL, "HMAC", NULL);
  self->context = EVP_MAC_CTX_new (self->mac);
  params[0] = OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_DIGEST, digest, 0);
  params[1] = OSSL_PARAM_construct_end ();
  require (EVP_MAC_init (self->context, page_key, CC_KEY_SIZE, params));
  cc_crypto_wipe (page_key, sizeof page_key);
  return self;
}

void
cc_page_code_free (CcPageCode *self)
{
  if (self == NULL)
    return;
  EVP_MAC_CTX_free (self->context);
  EVP_MAC_free (self->mac);
  g_free (self);
}

/* number: the page's number in the file, from 1; the first begins with the salt, which is not part
 * of what is coded */
gboolean
cc_page_code_fits (CcPageCode *self, const guint8 page[CC_PAGE_SIZE], guint32 number)
{
  const gsize  coded = CC_PAGE_SIZE - PAGE_CODE_SIZE;
  const gsize  start = number == 1 ? CC_SALT_SIZE : 0;
  const guint8 tail[4] = { number & 0xff, number >> 8 & 0xff, number >> 16 & 0xff, number >> 24 };
  guint8       code[PAGE_CODE_SIZE];
  size_t       size = 0;

  g_return_val_if_fail (number > 0, FALSE);
  require (EVP_MAC_init (self->context, NULL, 0, NULL));
  require (EVP_MAC_update (self->context, page + start, coded - start));
  require (EVP_MAC_update (self->context, tail, sizeof tail));
  require (EVP_MAC_final (self->context, code, &size, sizeof code));
  return memcmp (code, page + coded, PAGE_CODE_SIZE) == 0;
}

/**
 * Tells whether a page was written with this key, by its authentication code. This is how a wrong
 * passphrase and a damaged first page are told apart: with the right key other pages still fit.
 *
 * number: the page's number in the file, from 1
 */
gboolean
cc_key_fits_page (const CcKey *self, const guint8 page[CC_PAGE_SIZE], guint32 number)
{
  CcPageCode    *code = cc_page_code_new (self);
  const gboolean fits = cc_page_code_fits (code, page, number);

  cc_page_code_free (code);
  return fits;
}

gboolean
cc_crypto_random (gpointer buffer, gsize size, GError **error)
{
  if (RAND_bytes (buffer, (int) size) == 1)
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_FAILED,
                       "The system gave no random numbers, which the file's protection needs. "
                       "Nothing was changed. Restart the computer and try again.");
  return FALSE;
}

void
cc_crypto_wipe (gpointer buffer, gsize size)
{
  explicit_bzero (buffer, size);
}

CcDigest *
cc_digest_new (void)
{
  CcDigest *self = g_new0 (CcDigest, 1);

  self->context = EVP_MD_CTX_new ();
  cc_digest_begin (self);
  return self;
}

void
cc_digest_free (CcDigest *self)
{
  if (self == NULL)
    return;
  EVP_MD_CTX_free (self->context);
  g_free (self);
}

/* Looked up once: libcrypto would search for it at every beginning, under a lock. */
static const EVP_MD *
get_sha256 (void)
{
  static gsize   ready = 0;
  static EVP_MD *method = NULL;

  if (g_once_init_enter (&ready))
    {
      method = EVP_MD_fetch (NULL, "SHA256", NULL);
      g_once_init_leave (&ready, 1);
    }
  return method;
}

void
cc_digest_begin (CcDigest *self)
{
  require (EVP_DigestInit_ex2 (self->context, get_sha256 (), NULL));
}

void
cc_digest_add_raw (CcDigest *self, gconstpointer data, gsize size)
{
  require (EVP_DigestUpdate (self->context, data, size));
}

/* A field: one byte that says whether it is there, its length, its bytes. */
static gsize
write_prefix (guint8 prefix[5], const char *text)
{
  const gsize size = text != NULL ? strlen (text) : 0;

  prefix[0] = text != NULL;
  for (guint i = 0; i < 4; i++)
    prefix[1 + i] = size >> (8 * i) & 0xff;
  return size;
}

void
cc_digest_add_text (CcDigest *self, const char *text)
{
  guint8      prefix[5];
  const gsize size = write_prefix (prefix, text);

  cc_digest_add_raw (self, prefix, sizeof prefix);
  if (size > 0)
    cc_digest_add_raw (self, text, size);
}

void
cc_digest_add_int64 (CcDigest *self, gint64 number)
{
  const guint64 little = GUINT64_TO_LE ((guint64) number);

  cc_digest_add_raw (self, &little, sizeof little);
}

void
cc_digest_end (CcDigest *self, guint8 hash[CC_HASH_SIZE])
{
  require (EVP_DigestFinal_ex (self->context, hash, NULL));
}

char *
cc_digest_end_hex (CcDigest *self)
{
  guint8 hash[CC_HASH_SIZE];

  cc_digest_end (self, hash);
  return cc_hex_from_bytes (hash, sizeof hash);
}

CcMac *
cc_mac_new (void)
{
  CcMac     *self = g_new0 (CcMac, 1);
  char       digest[] = "SHA256";
  OSSL_PARAM params[2];

  self->mac = EVP_MAC_fetch (NULL, "HMAC", NULL);
  self->context = EVP_MAC_CTX_new (self->mac);
  params[0] = OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_DIGEST, digest, 0);
  params[1] = OSSL_PARAM_construct_end ();
  require (EVP_MAC_CTX_set_params (self->context, params));
  return self;
}

void
cc_mac_free (CcMac *self)
{
  if (self == NULL)
    return;
  EVP_MAC_CTX_free (self->context);
  EVP_MAC_free (self->mac);
  g_free (self);
}

/* key: NULL keeps the key of the time before, which spares half the work */
void
cc_mac_begin (CcMac *self, gconstpointer key, gsize key_size)
{
  require (EVP_MAC_init (self->context, key, key_size, NULL));
}

void
cc_mac_add_raw (CcMac *self, gconstpointer data, gsize size)
{
  require (EVP_MAC_update (self->context, data, size));
}

void
cc_mac_add_text (CcMac *self, const char *text)
{
  guint8      prefix[5];
  const gsize size = write_prefix (prefix, text);

  cc_mac_add_raw (self, prefix, sizeof prefix);
  if (size > 0)
    cc_mac_add_raw (self, text, size);
}

void
cc_mac_end (CcMac *self, guint8 hash[CC_HASH_SIZE])
{
  size_t size = 0;

  require (EVP_MAC_final (self->context, hash, &size, CC_HASH_SIZE));
}

char *
cc_hex_from_bytes (gconstpointer data, gsize size)
{
  static const char digits[] = "0123456789abcdef";
  const guint8     *bytes = data;
  char             *hex = g_malloc (2 * size + 1);

  for (gsize i = 0; i < size; i++)
    {
      hex[2 * i] = digits[bytes[i] >> 4];
      hex[2 * i + 1] = digits[bytes[i] & 15];
    }
  hex[2 * size] = '\0';
  return hex;
}

gboolean
cc_hex_to_bytes (const char *hex, guint8 *data, gsize size)
{
  if (hex == NULL || strlen (hex) != 2 * size)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      const int high = g_ascii_xdigit_value (hex[2 * i]);
      const int low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      data[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}
