namespace FairShare.Timestamps.Requests;

/// <summary>Why an authority gives no stamp (PKIFailureInfo, RFC 3161, section 2.4.2); the numbers are the bits.</summary>
public enum PkiFailure
{
    /// <summary>The imprint's algorithm is not SHA-256.</summary>
    BadAlgorithm = 0,

    /// <summary>The request is of another version.</summary>
    BadRequest = 2,

    /// <summary>The octets are no request.</summary>
    BadDataFormat = 5,

    /// <summary>The time is not known.</summary>
    TimeNotAvailable = 14,

    /// <summary>The policy is not the authority's.</summary>
    UnacceptedPolicy = 15,

    /// <summary>The request has an extension.</summary>
    UnacceptedExtension = 16,

    /// <summary>The authority failed.</summary>
    SystemFailure = 25,
}
