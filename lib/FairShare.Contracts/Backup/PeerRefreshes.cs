namespace FairShare.Contracts.Backup;

/// <summary>What was said in a refresh so far.</summary>
/// <param name="Epoch">The epoch that ends.</param>
/// <param name="Peers">The JWKs of the peers 1 to n; an empty text for one that is not known.</param>
/// <param name="Keys">The keys that the peers have offered.</param>
/// <param name="Deals">The deals.</param>
/// <param name="Accusations">The accusations.</param>
/// <param name="Openings">The openings.</param>
/// <param name="Prepared">Who has prepared.</param>
/// <param name="Attempt">Which attempt at the next epoch this is, from 0; each that is given up is followed by the next.</param>
public sealed record RefreshProgress(
    long Epoch,
    IReadOnlyList<string> Peers,
    IReadOnlyList<string>? Keys = null,
    IReadOnlyList<string>? Deals = null,
    IReadOnlyList<string>? Accusations = null,
    IReadOnlyList<string>? Openings = null,
    IReadOnlyList<string>? Prepared = null,
    long Attempt = 0
);

/// <summary>Who is helped, and who helps.</summary>
/// <param name="Lost">The index of the peer that has lost its share.</param>
/// <param name="Epoch">The epoch of the share.</param>
/// <param name="Helpers">The indices of m helpers.</param>
/// <param name="Peers">The JWKs of the peers 1 to n; an empty text for one that takes no part.</param>
/// <param name="Keys">The keys that the helpers and the peer that is helped have offered.</param>
/// <param name="Masks">The ShareMasks that all helpers have signed, in the same order; null asks for this helper's own.</param>
public sealed record HelpRequest(
    int Lost,
    long Epoch,
    IReadOnlyList<int> Helpers,
    IReadOnlyList<string> Peers,
    IReadOnlyList<string> Keys,
    IReadOnlyList<string>? Masks = null
);
