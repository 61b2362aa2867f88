using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>What is known of a code before its operand is read, in tables: bodies have millions of them.</summary>
internal sealed class OpShape
{
    private const byte TwoByteMark = 0xFE;

    private static readonly OpShape?[] Short = new OpShape?[256];
    private static readonly OpShape?[] Long = new OpShape?[256];

    static OpShape()
    {
        foreach (var code in typeof(OpCodes).GetFields().Select(static field => field.GetValue(null)).OfType<OpCode>())
            (code.Size == 1 ? Short : Long)[code.Value & 0xFF] = new OpShape(code);
    }

    private OpShape(OpCode code)
    {
        Code = code;
        var name = code.Name!;
        Family = FamilyOf(code, name);
        Length = LengthOf(code.OperandType);
        NamesMethod = code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj || code == OpCodes.Ldftn
            || code == OpCodes.Ldvirtftn || code == OpCodes.Jmp;
        // `ldarg.0` names its index, `ldarg.s 4` carries it.
        if (Family is OpFamily.None or OpFamily.Keeping || code.OperandType != OperandType.InlineNone) return;
        Operand = name.EndsWith("m1", StringComparison.OrdinalIgnoreCase) ? -1 : name[name.Length - 1] - '0';
    }

    public OpCode Code { get; }

    public OpFamily Family { get; }

    /// <summary>The index or number that the code itself names; null when it carries one, or none.</summary>
    public long? Operand { get; }

    /// <summary>Bytes of the operand; -1 for the table of a switch.</summary>
    public int Length { get; }

    /// <summary>The operand is the token of a method.</summary>
    public bool NamesMethod { get; }

    /// <summary>Takes the next code; null for bytes that are none.</summary>
    public static OpShape? Read(ref BlobReader il)
    {
        var value = il.ReadByte();
        return value == TwoByteMark ? Long[il.ReadByte()] : Short[value];
    }

    private static OpFamily FamilyOf(OpCode code, string name)
    {
        if (Is("ldarg")) return OpFamily.Argument;
        if (Is("ldloc")) return OpFamily.Local;
        if (Is("stloc")) return OpFamily.Store;
        if (name.StartsWith("ldc.i", StringComparison.Ordinal)) return OpFamily.Constant;
        return code.OpCodeType == OpCodeType.Prefix || code == OpCodes.Castclass || code == OpCodes.Isinst || code == OpCodes.Box
            || code == OpCodes.Unbox_Any || name.StartsWith("conv.", StringComparison.Ordinal)
            ? OpFamily.Keeping : OpFamily.None;

        bool Is(string family) => name == family || name.StartsWith(family + ".", StringComparison.Ordinal);
    }

    private static int LengthOf(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineBrTarget => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => -1,
        _ => 4,
    };
}
