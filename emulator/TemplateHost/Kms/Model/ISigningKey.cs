namespace TemplateHost.Kms.Model;

/// <summary>A key pair that signs what KMS hands to it: a digest for P-256, the message itself for Ed25519.</summary>
internal interface ISigningKey
{
    /// <summary>The signature, in the form in which KMS gives it.</summary>
    byte[] Sign(byte[] input);

    /// <summary>Whether a signature, in that form, is the key's of the input.</summary>
    bool Verifies(byte[] input, byte[] signature);
}
